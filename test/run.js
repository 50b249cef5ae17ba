/**
 * All tests of Tracklet, the cheapest first: `npm test`. A part whose tool is missing on this machine is skipped and says so;
 * with TRACKLET_REQUIRE_ALL=1 it fails instead. Arguments choose parts by a piece of their names: `npm test -- unit java`.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { total } from './run/counts.js';
import { findSecrets, LOGS_VARIABLE } from './run/logs.js';
import { holdOutput, say } from './run/output.js';
import { stages } from './run/parts.js';
import { CACHE } from './run/paths.js';
import { installAhead } from './run/python.js';
import { closingLine, table } from './run/report.js';

/** Looks through what all the servers and apps of the parts logged. */
function checkLogs() {
  const { lines, found } = findSecrets(logs);
  for (const line of found) say(line);
  say(`${lines} lines of logs`);
  return { passed: found.length === 0 ? 1 : 0, failed: found.length === 0 ? 0 : 1, skipped: 0, note: `${lines} lines` };
}

// Environments are installed without bytecode: of all that is in them little is ever imported, and that is compiled once.
delete process.env.PYTHONDONTWRITEBYTECODE;

const isAllRequired = process.env.TRACKLET_REQUIRE_ALL === '1';

async function runPart({ name, run }) {
  say(`\n--- ${name}`);
  const start = performance.now();
  const { missing, ...counts } = await run();
  const seconds = ((performance.now() - start) / 1000).toFixed(0);
  if (missing === undefined) return { name, seconds, ...counts };
  const note = `${isAllRequired ? 'cannot run' : 'skipped'}: ${missing}`;
  say(note);
  return { name, seconds, passed: 0, failed: isAllRequired ? 1 : 0, skipped: isAllRequired ? 0 : 1, note };
}

const reports = join(CACHE, 'test-reports');
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });

const logs = join(reports, 'logs');
process.env[LOGS_VARIABLE] = logs;

const wanted = process.argv.slice(2);
const isWanted = ({ name }) => wanted.length === 0 || wanted.some((piece) => name.includes(piece));

async function runLane(parts, isAlone) {
  const results = [];
  for (const part of parts) results.push(await (isAlone ? runPart(part) : holdOutput(() => runPart(part))));
  return results;
}

if (wanted.length === 0) void installAhead(['3.17', '2.22', 'deploy', '3.6']);

const results = [];
for (const stage of stages) {
  const lanes = stage.map((parts) => parts.filter(isWanted)).filter((parts) => parts.length > 0);
  const ended = await Promise.all(lanes.map((parts) => runLane(parts, lanes.length === 1)));
  results.push(...ended.flat());
}
if (results.length > 0) results.push(await runPart({ name: 'no secret in logs', run: async () => checkLogs() }));

console.log(`\n${table(results)}\n`);
console.log(closingLine(results));
process.exitCode = total(results).failed > 0 || results.length === 0 ? 1 : 0;
