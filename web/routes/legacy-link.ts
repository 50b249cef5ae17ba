import { links } from './links.ts';

const RUN = /^#\/experiments\/[^/]+\/runs\/([0-9a-f]{32})/;
const EXPERIMENT = /^#\/experiments\/(\d+)/;
const MODELS = /^#\/models/;

/** Where a link of MLflow's own page leads here: its client prints such links when a run ends. Undefined for any other hash. */
export function pathOfLegacyHash(hash: string): string | undefined {
  const runId = RUN.exec(hash)?.[1];
  if (runId !== undefined) return links.run(runId);
  const experimentId = EXPERIMENT.exec(hash)?.[1];
  if (experimentId !== undefined) return links.runs([experimentId]);
  return MODELS.test(hash) ? links.models() : undefined;
}
