import type { ModelVersion, ModelVersionView, RegisteredModel, TextMap } from '../domain/entities.ts';
import type { ScopedPolicy } from '../domain/promotion/policy.ts';
import type { Change } from './store.ts';
import type { Announce } from './webhook-store.ts';

/** What a new registered model is made of. */
export interface NewRegisteredModel {
  readonly name: string;
  readonly description: string;
  readonly tags: TextMap;
  readonly now: number;
}

/** What a new version is made of; the number is the store's to give. */
export interface NewModelVersion
  extends Pick<
    ModelVersion,
    'description' | 'source' | 'storageLocation' | 'runId' | 'loggedModelId' | 'runLink' | 'tags' | 'author'
  > {
  readonly now: number;
}

/** Which version of which model; undefined in an answer when one of them is not there. */
export interface VersionName {
  readonly name: string;
  readonly versionNumber: number;
}

/** Throws when what is to be deleted must stay; neither the model nor a policy changes before the deletion. */
export type Keep = (model: RegisteredModel, policies: readonly ScopedPolicy[]) => void | Promise<void>;

/** How a version is deleted, whose stage and aliases are gone with it. */
export interface Deletion {
  readonly keep: Keep;
  /** Undefined on a server without users. */
  readonly by: string | undefined;
}

/** Versions of one model. */
export interface VersionsOfModel {
  readonly model: RegisteredModel;
  readonly versionNumbers: readonly number[];
}

/**
 * The verbs of the model registry; they promise what those of `Store` do. Names of models are unique, and free again after a
 * delete. What a verb announces is told to webhooks if and only if the verb takes effect; when there was nothing to change,
 * it is told all the same.
 */
export interface RegistryStore {
  /** Undefined when the name is taken. */
  readonly createRegisteredModel: (
    model: NewRegisteredModel,
    announce?: Announce<RegisteredModel>,
  ) => Promise<RegisteredModel | undefined>;
  readonly findRegisteredModel: (name: string) => Promise<RegisteredModel | undefined>;
  readonly listRegisteredModels: () => Promise<readonly RegisteredModel[]>;
  /**
   * Changes a model, undefined for none. A changed name is claimed in the same transaction (RESOURCE_ALREADY_EXISTS), and
   * all versions, tags and aliases move along.
   */
  readonly updateRegisteredModel: (
    name: string,
    change: Change<RegisteredModel>,
    announce?: Announce<RegisteredModel>,
  ) => Promise<RegisteredModel | undefined>;
  /** Deletes a model with all that belongs to it but its promotions, in one step for every reader. Whether there was one. */
  readonly deleteRegisteredModel: (name: string, keep?: Keep) => Promise<boolean>;
  /** Removes what is left of models whose deletion was cut short; readers do not see it. */
  readonly removeDeletedModels: () => Promise<void>;

  /** Gives a version the next number, which no other version of the model ever had. Undefined when there is no such model. */
  readonly createModelVersion: (
    name: string,
    version: NewModelVersion,
    announce?: Announce<ModelVersion>,
  ) => Promise<ModelVersionView | undefined>;
  readonly findModelVersion: (version: VersionName) => Promise<ModelVersionView | undefined>;
  /** Those that are there, in any order. */
  readonly readModelVersions: (wanted: readonly VersionsOfModel[]) => Promise<readonly ModelVersionView[]>;
  /** All versions of all models. */
  readonly listModelVersions: () => Promise<readonly ModelVersionView[]>;
  readonly listVersionsOfModel: (name: string) => Promise<readonly ModelVersionView[]>;
  /** The versions that were made from a run. */
  readonly listVersionsOfRun: (runId: string) => Promise<readonly ModelVersionView[]>;
  /** The versions that have the files of a logged model. */
  readonly listVersionsOfLoggedModel: (modelId: string) => Promise<readonly ModelVersionView[]>;
  /** Changes what is kept of a version beside its model. Undefined when there is none. */
  readonly updateModelVersion: (
    version: VersionName,
    change: Change<ModelVersion>,
    announce?: Announce<RegisteredModel>,
  ) => Promise<ModelVersionView | undefined>;
  /** Deletes a version and the aliases that stand for it; its number stays used. Whether there was one. */
  readonly deleteModelVersion: (version: VersionName, now: number, deletion?: Deletion) => Promise<boolean>;
}
