/**
 * All tests of Tracklet, the cheapest first: `npm test`. A part whose tool is missing on this machine is skipped and says so;
 * with TRACKLET_REQUIRE_ALL=1 it fails instead. Arguments choose parts by a piece of their names: `npm test -- unit java`.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { total } from './run/counts.js';
import { findSecrets, LOGS_VARIABLE } from './run/logs.js';
import { parts } from './run/parts.js';
import { CACHE } from './run/paths.js';
import { closingLine, table } from './run/report.js';

/** Looks through what all the servers and apps of the parts logged. */
function checkLogs() {
  const { lines, found } = findSecrets(logs);
  for (const line of found) console.log(line);
  console.log(`${lines} lines of logs`);
  return { passed: found.length === 0 ? 1 : 0, failed: found.length === 0 ? 0 : 1, skipped: 0, note: `${lines} lines` };
}

const isAllRequired = process.env.TRACKLET_REQUIRE_ALL === '1';

async function runPart({ name, run }) {
  console.log(`\n--- ${name}`);
  const start = performance.now();
  const { missing, ...counts } = await run();
  const seconds = ((performance.now() - start) / 1000).toFixed(0);
  if (missing === undefined) return { name, seconds, ...counts };
  const note = `${isAllRequired ? 'cannot run' : 'skipped'}: ${missing}`;
  console.log(note);
  return { name, seconds, passed: 0, failed: isAllRequired ? 1 : 0, skipped: isAllRequired ? 0 : 1, note };
}

const reports = join(CACHE, 'test-reports');
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });

const logs = join(reports, 'logs');
process.env[LOGS_VARIABLE] = logs;

const wanted = process.argv.slice(2);
const chosen = parts.filter(({ name }) => wanted.length === 0 || wanted.some((piece) => name.includes(piece)));
const results = [];
for (const part of chosen) results.push(await runPart(part));
if (results.length > 0) results.push(await runPart({ name: 'no secret in logs', run: async () => checkLogs() }));

console.log(`\n${table(results)}\n`);
console.log(closingLine(results));
process.exitCode = total(results).failed > 0 || results.length === 0 ? 1 : 0;
