import type { GcReport } from './gc-answer.ts';

const WORDS = { runs: 'Run', logged_models: 'Logged model', experiments: 'Experiment' } as const;
const PLURALS = { runs: 'runs', logged_models: 'logged models', experiments: 'experiments' } as const;
const KINDS = ['runs', 'logged_models', 'experiments'] as const;

type Kind = (typeof KINDS)[number];

/** What a step removed, a line each as `mlflow gc` prints them, and what it did not. */
export function stepLines(report: GcReport, isDryRun: boolean): readonly string[] {
  const verb = isDryRun ? 'would be' : 'has been';
  return [
    ...KINDS.flatMap((kind) => [
      ...report[kind].removed.map((id) => `${WORDS[kind]} with ID ${id} ${verb} permanently deleted.`),
      ...report[kind].left_files.map(
        ({ id, uri, reason }) => `${WORDS[kind]} ${id}: its files stay at ${uri}. ${reason}`,
      ),
      ...report[kind].kept.map(({ id, reason }) => `${WORDS[kind]} ${id} was kept. ${reason}`),
      ...report[kind].failed.map(({ id, reason }) => `${WORDS[kind]} ${id} FAILED: ${reason}`),
    ]),
    ...report.uploads.failed.map((reason) => `Unfinished uploads FAILED: ${reason}`),
  ];
}

/** What all steps came to, in a line or two. */
export function summaryLines(reports: readonly GcReport[], isDryRun: boolean): readonly string[] {
  const sum = (numberOf: (report: GcReport) => number) => reports.reduce((total, one) => total + numberOf(one), 0);
  const overKinds = (numberOf: (kind: GcReport[Kind]) => number) =>
    sum((report) => KINDS.reduce((total, kind) => total + numberOf(report[kind]), 0));
  const counts = KINDS.map((kind) => `${sum((report) => report[kind].removed.length)} ${PLURALS[kind]}`).join(', ');
  const files = `${overKinds(({ objects }) => objects)} files of ${sizeText(overKinds(({ bytes }) => bytes))}`;
  const uploads = sum(({ uploads: { found, aborted } }) => (isDryRun ? found : aborted));
  const kept = overKinds((kind) => kind.kept.length);
  const failed = overKinds((kind) => kind.failed.length) + sum((report) => report.uploads.failed.length);
  const others = [
    ...(uploads > 0 ? [`${uploads} unfinished uploads`] : []),
    ...(kept > 0 ? [`${kept} kept`] : []),
    ...(failed > 0 ? [`${failed} failed: run it again`] : []),
  ];
  return [[`${isDryRun ? 'Would remove' : 'Removed'} ${counts}; ${files}`, ...others].join('; ')];
}

const UNITS = ['bytes', 'KB', 'MB', 'GB', 'TB'];

function sizeText(bytes: number): string {
  let size = bytes;
  let unit = 0;
  while (size >= 1000 && unit < UNITS.length - 1) {
    size /= 1000;
    unit += 1;
  }
  return `${unit === 0 ? size : size.toFixed(1)} ${UNITS[unit]}`;
}
