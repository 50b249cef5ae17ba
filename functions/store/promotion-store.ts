import type { ModelVersion, RegisteredModel } from '../domain/entities.ts';
import type { Promotion } from '../domain/promotion/history.ts';
import type { PromotionPolicy, ScopedPolicy } from '../domain/promotion/policy.ts';
import type { PromotionRequest } from '../domain/promotion/request.ts';
import type { PromotionTarget } from '../domain/promotion/target.ts';
import type { Change } from './store.ts';
import type { Announce } from './webhook-store.ts';

/** Which version is to enter which target. */
export interface WantedPromotion {
  readonly registeredModelId: string;
  readonly versionNumber: number;
  readonly target: PromotionTarget;
}

/** What a new request is made of; the id is the store's to give. */
export type NewPromotionRequest = Omit<PromotionRequest, 'requestId' | 'reviews' | 'state' | 'decision'>;

/** What a decision is made on. Nothing that was looked at changes before it takes effect, or it is made anew. */
export interface Situation {
  readonly model: RegisteredModel;
  /** Those that hold for the model. */
  readonly policies: readonly ScopedPolicy[];
  readonly findVersion: (versionNumber: number) => Promise<ModelVersion | undefined>;
  readonly findOpenRequest: (wanted: WantedPromotion) => Promise<PromotionRequest | undefined>;
  /** Of the model, in the order of time. */
  readonly listPromotions: () => Promise<readonly Promotion[]>;
}

/** What is decided. */
export interface Placement {
  /** The very model of the situation when nothing is to change. */
  readonly model: RegisteredModel;
  /** An open request that ends with this, as it then is. It was found in the situation. */
  readonly ends?: PromotionRequest | undefined;
  readonly record: Pick<Promotion, 'kind' | 'by' | 'time' | 'comment' | 'undoes'>;
}

/** Makes a decision; throws what refuses it. It may be asked several times. */
export type Decide = (situation: Situation) => Promise<Placement>;

/** The verbs of promotions; they promise what those of `Store` do. */
export interface PromotionStore {
  /** What holds for all models; undefined when there is none. */
  readonly findDefaultPolicy: () => Promise<PromotionPolicy | undefined>;
  /** Undefined takes it away. */
  readonly setDefaultPolicy: (policy: PromotionPolicy | undefined) => Promise<void>;

  /** The model that has an id, whatever it is called now; undefined when it is gone. */
  readonly findModelById: (registeredModelId: string) => Promise<RegisteredModel | undefined>;

  /** Undefined when one of this version for this target is open. */
  readonly createPromotionRequest: (request: NewPromotionRequest) => Promise<PromotionRequest | undefined>;
  readonly findPromotionRequest: (requestId: string) => Promise<PromotionRequest | undefined>;
  readonly findOpenRequest: (wanted: WantedPromotion) => Promise<PromotionRequest | undefined>;
  /** Of one model, or of all, also of models that are gone; in no order. */
  readonly listPromotionRequests: (registeredModelId: string | undefined) => Promise<readonly PromotionRequest[]>;
  /** Changes a request that is open, which it may end. Undefined for none. */
  readonly updatePromotionRequest: (
    requestId: string,
    change: Change<PromotionRequest>,
  ) => Promise<PromotionRequest | undefined>;

  /** Of a model, in the order of time. */
  readonly listPromotions: (registeredModelId: string) => Promise<readonly Promotion[]>;
  /**
   * Changes which versions hold the stages and aliases of a model: all that is decided takes effect in one step, and is
   * kept in the history. Undefined when there is no such model.
   */
  readonly placeVersions: (
    name: string,
    decide: Decide,
    announce?: Announce<RegisteredModel>,
  ) => Promise<RegisteredModel | undefined>;
}
