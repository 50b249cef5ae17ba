import { getArtifact } from './artifacts/get-artifact.ts';
import { listArtifacts } from './artifacts/list.ts';
import { presignedDownloadUrl } from './artifacts/presigned-download-url.ts';
import { presignedUploadUrl } from './artifacts/presigned-upload-url.ts';
import { uploadArtifact } from './artifacts/upload-artifact.ts';
import { searchAudit } from './audit/search.ts';
import { createExperiment } from './experiments/create.ts';
import { deleteExperiment } from './experiments/delete.ts';
import { deleteExperimentTag } from './experiments/delete-experiment-tag.ts';
import { getExperiment } from './experiments/get.ts';
import { getExperimentByName } from './experiments/get-by-name.ts';
import { experimentPermissions } from './experiments/permissions.ts';
import { restoreExperiment } from './experiments/restore.ts';
import { searchExperiments } from './experiments/search.ts';
import { searchDatasets } from './experiments/search-datasets.ts';
import { setExperimentTag } from './experiments/set-experiment-tag.ts';
import { updateExperiment } from './experiments/update.ts';
import { createLoggedModel } from './logged-models/create.ts';
import { deleteLoggedModel } from './logged-models/delete.ts';
import { deleteModelTag } from './logged-models/delete-tag.ts';
import { finalizeLoggedModel } from './logged-models/finalize.ts';
import { getModel } from './logged-models/get.ts';
import { getModelArtifactFile } from './logged-models/get-artifact-file.ts';
import { listModelArtifacts } from './logged-models/list-artifacts.ts';
import { logModelParams } from './logged-models/log-params.ts';
import { searchLoggedModels } from './logged-models/search.ts';
import { setModelTags } from './logged-models/set-tags.ts';
import { getHistory } from './metrics/get-history.ts';
import { getHistoryBulk } from './metrics/get-history-bulk.ts';
import { getHistoryBulkInterval } from './metrics/get-history-bulk-interval.ts';
import { sampleMetrics } from './metrics/sample.ts';
import { downloadByKey } from './mlflow-artifacts/download-by-key.ts';
import { listProxied } from './mlflow-artifacts/list.ts';
import { abortMultipartUpload } from './mlflow-artifacts/mpu/abort.ts';
import { completeMultipartUpload } from './mlflow-artifacts/mpu/complete.ts';
import { createMultipartUpload } from './mlflow-artifacts/mpu/create.ts';
import { presignedDownload } from './mlflow-artifacts/presigned.ts';
import { deleteProxied, downloadProxied, uploadProxied } from './mlflow-artifacts/proxied-artifact.ts';
import { createModelVersion } from './model-versions/create.ts';
import { deleteModelVersion } from './model-versions/delete.ts';
import { deleteModelVersionTag } from './model-versions/delete-tag.ts';
import { getModelVersion } from './model-versions/get.ts';
import { getModelVersionArtifact } from './model-versions/get-artifact.ts';
import { getDownloadUri } from './model-versions/get-download-uri.ts';
import { searchModelVersions } from './model-versions/search.ts';
import { setModelVersionTag } from './model-versions/set-tag.ts';
import { transitionStage } from './model-versions/transition-stage.ts';
import { updateModelVersion } from './model-versions/update.ts';
import { finishSignIn } from './oidc/callback.ts';
import { beginSignIn } from './oidc/login.ts';
import type { Operation } from './operation.ts';
import {
  deleteRegisteredModelAlias,
  getModelVersionByAlias,
  setRegisteredModelAlias,
} from './registered-models/alias.ts';
import { createRegisteredModel } from './registered-models/create.ts';
import { deleteRegisteredModel } from './registered-models/delete.ts';
import { deleteRegisteredModelTag } from './registered-models/delete-tag.ts';
import { getRegisteredModel } from './registered-models/get.ts';
import { getLatestVersions } from './registered-models/get-latest-versions.ts';
import { registeredModelPermissions } from './registered-models/permissions.ts';
import { renameRegisteredModel } from './registered-models/rename.ts';
import { searchRegisteredModels } from './registered-models/search.ts';
import { setRegisteredModelTag } from './registered-models/set-tag.ts';
import { updateRegisteredModel } from './registered-models/update.ts';
import { assignRole } from './roles/assign.ts';
import { createRole } from './roles/create.ts';
import { deleteRole } from './roles/delete.ts';
import { getRole } from './roles/get.ts';
import { listRoles } from './roles/list.ts';
import { addRolePermission } from './roles/permissions/add.ts';
import { listRolePermissions } from './roles/permissions/list.ts';
import { removeRolePermission } from './roles/permissions/remove.ts';
import { updateRolePermission } from './roles/permissions/update.ts';
import { unassignRole } from './roles/unassign.ts';
import { updateRole } from './roles/update.ts';
import { listRoleUsers } from './roles/users/list.ts';
import { createRun } from './runs/create.ts';
import { deleteRun } from './runs/delete.ts';
import { deleteTag } from './runs/delete-tag.ts';
import { getRun } from './runs/get.ts';
import { logBatch } from './runs/log-batch.ts';
import { logInputs } from './runs/log-inputs.ts';
import { logMetric } from './runs/log-metric.ts';
import { logModel } from './runs/log-model.ts';
import { logParameter } from './runs/log-parameter.ts';
import { logOutputs } from './runs/outputs.ts';
import { restoreRun } from './runs/restore.ts';
import { searchRuns } from './runs/search.ts';
import { setTag } from './runs/set-tag.ts';
import { updateRun } from './runs/update.ts';
import { health, version } from './service/health.ts';
import { serverInfo } from './service/server-info.ts';
import { createSession } from './session/create.ts';
import { deleteSession } from './session/delete.ts';
import { getSession } from './session/get.ts';
import { createToken } from './tokens/create.ts';
import { listTokens } from './tokens/list.ts';
import { revokeToken } from './tokens/revoke.ts';
import { listDeadLetters, redeliverDeadLetter } from './tracklet/dead-letters.ts';
import { collectGarbage } from './tracklet/gc.ts';
import { getLineage } from './tracklet/lineage.ts';
import { checkPromotion } from './tracklet/promotions/check.ts';
import { searchPromotions } from './tracklet/promotions/history.ts';
import { listPromotionPolicies } from './tracklet/promotions/policies.ts';
import { deletePromotionPolicy, getPromotionPolicy, setPromotionPolicy } from './tracklet/promotions/policy.ts';
import { getPromotionRequest } from './tracklet/promotions/requests/get.ts';
import { promote } from './tracklet/promotions/requests/promote.ts';
import { reviewPromotionRequest } from './tracklet/promotions/requests/review.ts';
import { withdrawPromotionRequest } from './tracklet/promotions/requests/withdraw.ts';
import { createPromotionRequest, searchPromotionRequests } from './tracklet/promotions/requests.ts';
import { rollBack } from './tracklet/promotions/rollback.ts';
import { createUser } from './users/create.ts';
import { currentPermissions } from './users/current/permissions.ts';
import { currentUser } from './users/current.ts';
import { deleteUser } from './users/delete.ts';
import { getUser } from './users/get.ts';
import { listUsers } from './users/list.ts';
import { getPermission } from './users/permissions/get.ts';
import { grantPermission } from './users/permissions/grant.ts';
import { listPermissions } from './users/permissions/list.ts';
import { revokePermission } from './users/permissions/revoke.ts';
import { listUserRoles } from './users/roles/list.ts';
import { updateAdmin } from './users/update-admin.ts';
import { updatePassword } from './users/update-password.ts';
import { createWebhook } from './webhooks/create.ts';
import { deleteWebhook } from './webhooks/delete.ts';
import { getWebhook } from './webhooks/get.ts';
import { listWebhooks } from './webhooks/list.ts';
import { testWebhook } from './webhooks/test.ts';
import { updateWebhook } from './webhooks/update.ts';
import { whoami } from './whoami.ts';

// Each function bundles what it serves: a list that is not used goes, for it is marked as pure.

/** Health, version and what the server can do; every function answers these. */
export const serviceOperations: readonly Operation[] = /* @__PURE__ */ [health, version, serverInfo].flat();

/** Experiments, runs, metrics and logged models, and what came of what: that reads archived runs, too. */
export const trackingOperations: readonly Operation[] = /* @__PURE__ */ [
  createExperiment,
  getExperiment,
  getExperimentByName,
  searchExperiments,
  deleteExperiment,
  restoreExperiment,
  updateExperiment,
  setExperimentTag,
  deleteExperimentTag,
  searchDatasets,
  createRun,
  getRun,
  updateRun,
  deleteRun,
  restoreRun,
  searchRuns,
  logMetric,
  logBatch,
  logParameter,
  setTag,
  deleteTag,
  logInputs,
  logOutputs,
  logModel,
  getHistory,
  getHistoryBulk,
  getHistoryBulkInterval,
  sampleMetrics,
  createLoggedModel,
  searchLoggedModels,
  getModel,
  finalizeLoggedModel,
  deleteLoggedModel,
  setModelTags,
  deleteModelTag,
  logModelParams,
].flat();

/** Registered models, their versions and prompts, their promotion, and the webhooks that hear of them. */
export const registryOperations: readonly Operation[] = /* @__PURE__ */ [
  createRegisteredModel,
  getRegisteredModel,
  renameRegisteredModel,
  updateRegisteredModel,
  deleteRegisteredModel,
  searchRegisteredModels,
  getLatestVersions,
  setRegisteredModelTag,
  deleteRegisteredModelTag,
  setRegisteredModelAlias,
  deleteRegisteredModelAlias,
  getModelVersionByAlias,
  createModelVersion,
  getModelVersion,
  updateModelVersion,
  transitionStage,
  deleteModelVersion,
  searchModelVersions,
  getDownloadUri,
  setModelVersionTag,
  deleteModelVersionTag,
  setPromotionPolicy,
  getPromotionPolicy,
  deletePromotionPolicy,
  listPromotionPolicies,
  createPromotionRequest,
  searchPromotionRequests,
  getPromotionRequest,
  reviewPromotionRequest,
  withdrawPromotionRequest,
  promote,
  checkPromotion,
  searchPromotions,
  rollBack,
  createWebhook,
  listWebhooks,
  getWebhook,
  updateWebhook,
  deleteWebhook,
  testWebhook,
  listDeadLetters,
  redeliverDeadLetter,
].flat();

/** Files of runs, logged models and model versions. */
export const artifactOperations: readonly Operation[] = /* @__PURE__ */ [
  listArtifacts,
  getArtifact,
  getModelVersionArtifact,
  listModelArtifacts,
  getModelArtifactFile,
  listProxied,
  downloadProxied,
  downloadByKey,
  uploadProxied,
  deleteProxied,
  uploadArtifact,
  presignedDownload,
  presignedUploadUrl,
  presignedDownloadUrl,
  createMultipartUpload,
  completeMultipartUpload,
  abortMultipartUpload,
  collectGarbage,
  // Beside the files: the tracking function has no room for it, and this one reads archived runs, too.
  getLineage,
].flat();

/** Who calls; each server has it, with a guard or without. */
export const callerOperations: readonly Operation[] = [whoami, getSession];

/** Users, permissions, roles, tokens and sessions: of a server with a guard. */
export const identityOperations: readonly Operation[] = /* @__PURE__ */ [
  createUser,
  getUser,
  listUsers,
  currentUser,
  updatePassword,
  updateAdmin,
  deleteUser,
  currentPermissions,
  listPermissions,
  getPermission,
  grantPermission,
  revokePermission,
  listUserRoles,
  createRole,
  getRole,
  listRoles,
  updateRole,
  deleteRole,
  addRolePermission,
  removeRolePermission,
  listRolePermissions,
  updateRolePermission,
  assignRole,
  unassignRole,
  listRoleUsers,
  experimentPermissions,
  registeredModelPermissions,
  createToken,
  listTokens,
  revokeToken,
  createSession,
  deleteSession,
  beginSignIn,
  finishSignIn,
  searchAudit,
].flat();

/** All that one process can serve. */
export const operations: readonly Operation[] = /* @__PURE__ */ [
  serviceOperations,
  callerOperations,
  trackingOperations,
  registryOperations,
  artifactOperations,
].flat();
