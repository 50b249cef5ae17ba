import { links } from './links.ts';

const RUN = /^#\/experiments\/[^/]+\/runs\/([0-9a-f]{32})/;
const EXPERIMENT = /^#\/experiments\/(\d+)/;
const VERSION = /^#\/models\/([^/?]+)\/versions\/(\d+)/;
const MODEL = /^#\/models\/([^/?]+)/;
const MODELS = /^#\/models/;

/** Where a link of MLflow's own page leads here: its client prints such links when a run ends. Undefined for any other hash. */
export function pathOfLegacyHash(hash: string): string | undefined {
  const runId = RUN.exec(hash)?.[1];
  if (runId !== undefined) return links.run(runId);
  const experimentId = EXPERIMENT.exec(hash)?.[1];
  if (experimentId !== undefined) return links.runs([experimentId]);
  const [, name, version] = VERSION.exec(hash) ?? MODEL.exec(hash) ?? [];
  if (name !== undefined) return modelPath(decodeURIComponent(name), version);
  return MODELS.test(hash) ? links.models() : undefined;
}

const modelPath = (name: string, version: string | undefined): string =>
  version === undefined ? links.model(name) : links.modelVersion(name, version);
