import { findSafePath } from '../../domain/artifact-path.ts';
import {
  type Caller,
  mayCreate,
  mayGovern,
  mayOnExperiment,
  permissionOn,
  permissionOnExperiment,
  permissionOnRegisteredModel,
} from '../../domain/caller.ts';
import { invalidParameter } from '../../domain/errors.ts';
import { parseExperimentId } from '../../domain/experiment.ts';
import { type Action, allows, EVERY, type Resource } from '../../domain/permission.ts';
import { parseUri } from '../../domain/uri.ts';
import { findProxiedPath } from '../artifacts/proxied-path.ts';
import { fileBelow } from '../mlflow-artifacts/mpu/multipart-operation.ts';
import type { Services } from '../operation.ts';
import { findKnownRequest } from '../promotion/promotion-reference.ts';
import { parseGrantable } from '../users/permissions/resource.ts';
import { type Asked, type Check, textOf, textsOf } from './requirement.ts';

/** Experiment ids are read as the operations read them: ' 1 ' is 1. */
const normalId = (text: string): string => String(parseExperimentId(text));

/** The experiment that a field names. */
export const experiment =
  (action: Action, field = 'experiment_id'): Check =>
  (caller, { input }) =>
    mayOnExperiment(caller, action, normalId(textOf(input, field)));

/** Every experiment that a list names. */
export const experiments =
  (action: Action, field = 'experiment_ids'): Check =>
  (caller, { input }) =>
    textsOf(input, field).every((id) => mayOnExperiment(caller, action, normalId(id)));

/** The experiment of a name. That there is none is for the operation to say. */
export const experimentNamed =
  (action: Action): Check =>
  async (caller, { input, services: { store } }) => {
    const found = await store.findExperimentByName(textOf(input, 'experiment_name'));
    return found === undefined || mayOnExperiment(caller, action, found.experimentId);
  };

/** The experiment that a new run or logged model goes into: the default one when none is named. */
export const experimentOfNew =
  (part: 'run' | 'logged_model'): Check =>
  (caller, { input }) => {
    const id = normalId(textOf(input, 'experiment_id') || '0');
    return mayOnExperiment(caller, 'update', id) && permissionOnExperiment(caller, id, part) !== 'DENY';
  };

/** A check of something that need not be asked about: it holds where the field is empty. */
export const given =
  (field: string, check: Check): Check =>
  (caller, asked) =>
    textOf(asked.input, field) === '' || check(caller, asked);

/** Runs or logged models by id. An id that nothing can have is for the operation to refuse. */
function mayOnParts(asked: Asked, part: 'run' | 'logged_model', action: Action, ids: readonly string[]): Check {
  return (caller) =>
    ids.every((id) => {
      const experimentId = asked.services.store.experimentOf(id);
      return experimentId === undefined || mayOnExperiment(caller, action, experimentId, part);
    });
}

/** The run that a field names. */
export const run =
  (action: Action, field = 'run_id'): Check =>
  (caller, asked) =>
    mayOnParts(asked, 'run', action, [textOf(asked.input, field)])(caller, asked);

/** Every run that a list names. */
export const runs =
  (action: Action, field: string): Check =>
  (caller, asked) =>
    mayOnParts(asked, 'run', action, textsOf(asked.input, field))(caller, asked);

/** The run that one of these names in a query string names, the first that is given. */
export const runOfQuery =
  (action: Action, ...names: readonly string[]): Check =>
  (caller, asked) => {
    const given = names.map((name) => asked.raw?.query.get(name)).find((id) => Boolean(id)) ?? '';
    return mayOnParts(asked, 'run', action, [given])(caller, asked);
  };

/** The logged model that a field, or a part of the path, names. */
export const loggedModel =
  (action: Action, field = 'model_id'): Check =>
  (caller, asked) => {
    const id = asked.raw ? (asked.params[field] ?? '') : textOf(asked.input, field);
    return mayOnParts(asked, 'logged_model', action, [id])(caller, asked);
  };

/** Every logged model that the items of a list name: who logs a metric with one writes to it as well. */
export const loggedModelsIn =
  (action: Action, list: string): Check =>
  (caller, asked) =>
    mayOnParts(asked, 'logged_model', action, textsOf(asked.input, list, 'model_id'))(caller, asked);

/** The registered model that a field names, or its versions. */
export const registeredModel =
  (action: Action, { field = 'name', ofVersions = false } = {}): Check =>
  (caller, { input, raw }) => {
    const name = raw ? (raw.query.get(field) ?? '') : textOf(input, field);
    return allows(permissionOnRegisteredModel(caller, name, ofVersions), action);
  };

/** The registered model of a promotion request; that there is none is for the operation to say. Of one that is gone admins may know. */
export const promotionRequest =
  (action: Action): Check =>
  async (caller, { input, services: { store } }) => {
    const known = await findKnownRequest(store, textOf(input, 'request_id'));
    if (!known) return true;
    const { model } = known;
    return model ? allows(permissionOnRegisteredModel(caller, model.name, true), action) : caller.isAdmin;
  };

/** Taking a promotion request back: one's own, or whoever manages its model. */
export const withdrawing: Check = async (caller, asked) => {
  const known = await findKnownRequest(asked.services.store, textOf(asked.input, 'request_id'));
  const requester = known?.request.requester;
  const isOwn = requester?.username === caller.username && requester.userId === caller.userId;
  return isOwn || promotionRequest('manage')(caller, asked);
};

/** A promotion policy: that of one model, or that of all, which any user may read and admins change. */
export const promotionPolicy =
  (action: 'read' | 'manage'): Check =>
  (caller, { input }) => {
    const name = textOf(input, 'name');
    if (name === '') return action === 'read' || caller.isAdmin;
    return allows(permissionOnRegisteredModel(caller, name), action);
  };

/** A place of artifacts that is given to be read from, or served from: as good as asking for what lies there. */
export const artifactsAt =
  (action: Action, field: string): Check =>
  (caller, asked) => {
    const location = textOf(asked.input, field);
    const { scheme, authority, path } = parseUri(location);
    if (scheme === 'runs' || scheme === 'models') return mayOnReference(action, scheme, path)(caller, asked);
    const places = scheme === 'mlflow-artifacts' && !authority ? [path] : placesInBucket(location, asked.services);
    return places.every((place) => mayOnPath(caller, action, place.replace(/^\/+/, '')));
  };

/** What a location may mean below our own roots: as it is written, which S3 takes, and as it is read to be served. */
function placesInBucket(location: string, { artifactRoot, bucketRoot }: Services): readonly string[] {
  const places = [
    pathBelow(artifactRoot, location),
    pathBelow(bucketRoot, location),
    findProxiedPath(location, bucketRoot),
  ];
  return places.filter((place) => place !== undefined);
}

/** The path of a location below a root; undefined for one that lies elsewhere. */
function pathBelow(root: string, location: string): string | undefined {
  const folderRoot = root.replace(/\/*$/, '/');
  return `${location}/`.startsWith(folderRoot) ? location.slice(folderRoot.length) : undefined;
}

/** `runs:/<run id>/…`, `models:/<logged model id>`, `models:/<name>/<version>`. */
function mayOnReference(action: Action, scheme: 'runs' | 'models', path: string): Check {
  return (caller, asked) => {
    const [id = '', suffix] = path.replace(/^\/+/, '').split(/[/@]/);
    // With a version or an alias behind it, it is a registered model, whatever it is called.
    const isPart = scheme === 'runs' || suffix === undefined;
    if (isPart && asked.services.store.experimentOf(id) !== undefined) {
      return mayOnParts(asked, scheme === 'runs' ? 'run' : 'logged_model', action, [id])(caller, asked);
    }
    return scheme === 'runs' || allows(permissionOnRegisteredModel(caller, id), action);
  };
}

/** Whether a caller may do something to a folder or file below the artifact root. Throws for a path that leaves it. */
function mayOnPath(caller: Caller, action: Action, path: string): boolean {
  const safe = findSafePath(path);
  if (safe === undefined) throw invalidParameter('Invalid path');
  return mayOnFolder(caller, action, safe);
}

const EXPERIMENT_FOLDER = /^(?:0|[1-9]\d*)$/;

/**
 * What lies outside the experiments' folders is under the default permission, as in MLflow (server/auth/__init__.py,
 * _get_permission_from_experiment_id_artifact_proxy).
 */
function mayOnFolder(caller: Caller, action: Action, path: string): boolean {
  const [first = ''] = path.split('/');
  if (EXPERIMENT_FOLDER.test(first)) return mayOnExperiment(caller, action, first);
  return allows(permissionOn(caller, { type: 'experiment', id: EVERY }), action);
}

/** Whether a caller may know of a folder or file at the artifact root. */
export const mayReadFolder = (caller: Caller, name: string): boolean => mayOnFolder(caller, 'read', name);

/** Where the URL of an artifact has its path; `/artifacts/` is the bucket's own prefix, which the edge asks for. */
const PROXIED_PATH = /^\/+(?:(?:ajax-)?api\/2\.0\/mlflow-artifacts\/artifacts|artifacts)\/(.*)$/su;

/** The artifact that the URL itself names, percent-decoded once as the operations do; of a JSON operation its part of the path. */
export const proxiedArtifact =
  (action: Action): Check =>
  (caller, asked) => {
    const path = asked.raw
      ? PROXIED_PATH.exec(decodePath(asked.raw.request.url))?.[1]
      : (asked.params.artifact_path ?? '');
    if (path === undefined) throw invalidParameter('Invalid path');
    return mayOnPath(caller, action, path);
  };

/** The file that an upload in parts becomes: below the folder in the URL, by the name that the message gives. */
export const uploadedInParts =
  (action: Action): Check =>
  (caller, asked) =>
    mayOnPath(caller, action, fileBelow(asked.params.artifact_path ?? '', textOf(asked.input, 'path')));

function decodePath(url: string): string {
  try {
    return decodeURIComponent(new URL(url).pathname);
  } catch (cause) {
    throw invalidParameter('Invalid path', cause);
  }
}

/** The folder that is listed; of the root itself the operation shows what may be read. */
export const listedFolder: Check = (caller, asked) => {
  const path = textOf(asked.input, 'path');
  return findSafePath(path) === '' ? true : mayOnPath(caller, 'read', path);
};

/** Making something of one's own. */
export const creating: Check = (caller) => mayCreate(caller);

export const admin: Check = (caller) => caller.isAdmin;

/** Asking of one's own account. */
export const oneself: Check = (caller, { input }) => textOf(input, 'username') === caller.username;

export const governing: Check = (caller) => mayGovern(caller);

/** Changing one's own account. */
export const ownAccount: Check = (caller, asked) =>
  mayGovern(caller) && textOf(asked.input, 'username') === caller.username;

/** Handing out permissions on a resource: whoever manages it may; on all of a kind, whoever manages all of everything. */
export const managedResource: Check = (caller, { input }) => {
  const type = parseGrantable(textOf(input, 'resource_type'));
  const id = textOf(input, 'resource_id');
  const asked: Resource = id === EVERY ? { type: 'workspace', id: EVERY } : { type, id };
  if (asked.type === 'registered_model' || asked.type === 'prompt') {
    return allows(permissionOnRegisteredModel(caller, id), 'manage');
  }
  return allows(permissionOn(caller, asked), 'manage');
};
