import { checkEntry } from './check-entry.ts';
import { checkFiles } from './check-files.ts';
import { checkReach } from './check-reach.ts';
import { connect } from './connection.ts';
import type { DoctorOptions } from './doctor-options.ts';
import { type Finding, findingLine, note } from './finding.ts';

/** Prints what was found, a line each; the exit code is 1 when there is a fault. */
export async function doctor(options: DoctorOptions): Promise<void> {
  console.log(options.url);
  for await (const finding of examine(options)) {
    console.log(findingLine(finding));
    if (finding.kind === 'fault') process.exitCode = 1;
  }
}

/**
 * Looks at a deployment from outside, as a client meets it: is it there, does it know its callers, does each road for files
 * work. It ends with the step that finds a fault: the next would fail for the same reason.
 */
export async function* examine({ url, proof, experimentId, isReadOnly }: DoctorOptions): AsyncGenerator<Finding> {
  const ask = connect(url, proof);
  const steps: readonly (() => Promise<readonly Finding[]>)[] = [
    () => checkReach(ask),
    () => checkEntry(ask, proof, url),
    async () => (isReadOnly ? [note('files', 'not looked at: --read-only')] : checkFiles(ask, experimentId)),
  ];
  for (const step of steps) {
    const findings = await step();
    yield* findings;
    if (findings.some(({ kind }) => kind === 'fault')) return;
  }
}
