import { getArtifact } from './artifacts/get-artifact.ts';
import { listArtifacts } from './artifacts/list.ts';
import { presignedDownloadUrl } from './artifacts/presigned-download-url.ts';
import { presignedUploadUrl } from './artifacts/presigned-upload-url.ts';
import { uploadArtifact } from './artifacts/upload-artifact.ts';
import { createExperiment } from './experiments/create.ts';
import { deleteExperiment } from './experiments/delete.ts';
import { deleteExperimentTag } from './experiments/delete-experiment-tag.ts';
import { getExperiment } from './experiments/get.ts';
import { getExperimentByName } from './experiments/get-by-name.ts';
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
import { renameRegisteredModel } from './registered-models/rename.ts';
import { searchRegisteredModels } from './registered-models/search.ts';
import { setRegisteredModelTag } from './registered-models/set-tag.ts';
import { updateRegisteredModel } from './registered-models/update.ts';
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
import { listDeadLetters, redeliverDeadLetter } from './tracklet/dead-letters.ts';
import { collectGarbage } from './tracklet/gc.ts';
import { getLineage } from './tracklet/lineage.ts';
import { createWebhook } from './webhooks/create.ts';
import { deleteWebhook } from './webhooks/delete.ts';
import { getWebhook } from './webhooks/get.ts';
import { listWebhooks } from './webhooks/list.ts';
import { testWebhook } from './webhooks/test.ts';
import { updateWebhook } from './webhooks/update.ts';

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
  getLineage,
].flat();

/** Registered models, their versions and prompts, and the webhooks that hear of them. */
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
].flat();

/** All that one process can serve. */
export const operations: readonly Operation[] = /* @__PURE__ */ [
  serviceOperations,
  trackingOperations,
  registryOperations,
  artifactOperations,
].flat();
