import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SECRET_FORMS, SECRETS } from './secrets.js';

/** Names the folder in which all that the tests start keep what they log; without it nothing is kept. */
export const LOGS_VARIABLE = 'TRACKLET_TEST_LOGS';

/**
 * Keeps what a server or an app of a test logs.
 * @param {string} name of whoever logs; a file takes the lines of all by this name in this process
 * @param {string} text
 */
export function keepLog(name, text) {
  const folder = process.env[LOGS_VARIABLE];
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  appendFileSync(join(folder, `${name}-${process.pid}.log`), text);
}

/**
 * Where secrets are in the logs of a folder: file, line and which, never the secret itself.
 * @param {string} folder
 * @returns {{ lines: number, found: readonly string[] }}
 */
export function findSecrets(folder) {
  const names = existsSync(folder) ? readdirSync(folder) : [];
  const read = names.map((name) => ({ name, lines: readFileSync(join(folder, name), 'utf8').split('\n') }));
  const found = read.flatMap(({ name, lines }) =>
    lines.flatMap((line, at) => secretsIn(line).map((which) => `${name}:${at + 1} holds ${which}`)),
  );
  return { lines: read.reduce((sum, { lines }) => sum + lines.length, 0), found };
}

function secretsIn(line) {
  const texts = SECRETS.flatMap((secret, at) => (line.includes(secret) ? [`secret ${at + 1} of secrets.js`] : []));
  return [...texts, ...SECRET_FORMS.flatMap(({ name, form }) => (form.test(line) ? [name] : []))];
}
