import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { arch, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DeployedFunction, deployedFunctions } from '../test/infra/deployed-functions.ts';
import { findRuntime, type LambdaRuntime } from '../test/lambda/find-runtime.ts';
import { startFunction } from '../test/lambda/start-function.ts';
import { bundleFunction } from '../test/support/bundle-function.ts';

/*
 * How the functions start: `npm run bench:functions`, or with the number of rounds (10). Each function's bundle starts under
 * Amazon's runtime interface client and Lambda's Node, and is measured until it asks for its first event. All of them and an
 * empty handler start in turn in each round, so that a noisy moment falls on all. The result is a table in Markdown.
 */
const ROUNDS = Number(process.argv[2] ?? 10);
const EMPTY = 'export const handler = async () => ({ statusCode: 200 });\n';
/** Nothing is called before the first event: any words do. */
const CREDENTIALS = { AWS_ACCESS_KEY_ID: 'nobody', AWS_SECRET_ACCESS_KEY: 'nothing' };

interface Subject {
  readonly name: string;
  readonly bundle: string;
  readonly deployed: Pick<DeployedFunction, 'memoryMb' | 'timeoutMs' | 'variables' | 'statements'>;
  readonly initMs: number[];
  readonly peakMb: number[];
}

const folder = await mkdtemp(join(tmpdir(), 'tracklet-bench-'));
try {
  const runtime = await findRuntime();
  if ('missing' in runtime) throw new Error(runtime.missing);
  const subjects = [await emptyHandler(), ...(await functions())];
  for (let round = 0; round < ROUNDS; round += 1) for (const subject of subjects) await measure(runtime, subject);
  await report(subjects);
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function emptyHandler(): Promise<Subject> {
  const bundle = join(folder, 'empty/index.mjs');
  await mkdir(join(folder, 'empty'));
  await writeFile(bundle, EMPTY);
  const deployed = { memoryMb: 1024, timeoutMs: 29_000, variables: {}, statements: [] };
  return { name: 'an empty handler', bundle, deployed, initMs: [], peakMb: [] };
}

async function functions(): Promise<readonly Subject[]> {
  const subjects: Subject[] = [];
  for (const deployed of deployedFunctions({ 'tracklet:auth': 'users', 'tracklet:events': 'on' })) {
    const { file: bundle } = await bundleFunction(deployed.entry, folder);
    const name = deployed.entry.replace('.lambda.ts', '');
    subjects.push({ name, bundle, deployed, initMs: [], peakMb: [] });
  }
  return subjects;
}

async function measure(runtime: LambdaRuntime, { bundle, deployed, initMs, peakMb }: Subject): Promise<void> {
  const { memoryMb, timeoutMs, variables } = deployed;
  const environment = { ...CREDENTIALS, ...variables };
  const started = await startFunction(runtime, { bundle, memoryMb, timeoutMs, environment });
  initMs.push(started.initMs);
  peakMb.push(started.peakMb());
  await started.stop();
}

async function report(subjects: readonly Subject[]): Promise<void> {
  const [empty] = subjects;
  const floor = median(empty?.initMs ?? []);
  console.log(
    `${ROUNDS} starts each, on ${cpus().length} cores of ${cpus()[0]?.model} (${arch()}), Node of nodejs24.x.\n`,
  );
  console.log(
    '| function | bundle, bytes | init, ms: median (least) | to an empty handler | peak after init, MB | memory, MB | IAM actions |',
  );
  console.log('| --- | --: | --: | --: | --: | --: | --- |');
  for (const { name, bundle, deployed, initMs, peakMb } of subjects) {
    const init = median(initMs);
    const cells = [
      name,
      (await stat(bundle)).size.toLocaleString('en-US'),
      `${init.toFixed(0)} (${Math.min(...initMs).toFixed(0)})`,
      `× ${(init / floor).toFixed(2)}`,
      median(peakMb).toFixed(0),
      String(deployed.memoryMb),
      actionsOf(deployed),
    ];
    console.log(`| ${cells.join(' | ')} |`);
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? Number.NaN;
}

/** By service: `s3: GetObject, ListBucket`. */
function actionsOf({ statements }: Subject['deployed']): string {
  const services = new Map<string, Set<string>>();
  for (const action of statements.flatMap(({ actions }) => actions)) {
    const [service = '', name = ''] = action.split(':');
    services.set(service, (services.get(service) ?? new Set()).add(name));
  }
  return [...services].map(([service, names]) => `${service}: ${[...names].toSorted().join(', ')}`).join('; ');
}
