import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { keepLog } from './logs.js';
import { ROOT } from './paths.js';

const READY = /Tracklet is ready at (http:\S+)/;
const READY_MS = 60_000;
const STOP_MS = 20_000;

/**
 * Starts Tracklet in memory on a free port and resolves when it is ready.
 * @param {{ args?: string[], env?: Record<string, string> }} options more arguments of `serve`, and of its environment
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>}
 */
export function startTracklet({ args: more = [], env = {} } = {}) {
  const args = [join(ROOT, 'bin/tracklet.js'), 'serve', '--port', '0', '--ephemeral', ...more];
  const stdio = ['ignore', 'pipe', 'pipe'];
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio, env: { ...process.env, ...env } });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.stderr.setEncoding('utf8').on('data', (chunk) => {
    process.stderr.write(chunk);
    keepLog('server', chunk);
  });
  let printed = '';
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`Tracklet was not ready after ${READY_MS / 1000} s:\n${printed}`));
    }, READY_MS);
    void ended.then((code) => reject(new Error(`Tracklet ended with ${code}:\n${printed}`)));
    child.stdout.setEncoding('utf8').on('data', (chunk) => {
      printed += chunk;
      keepLog('server', chunk);
      const url = READY.exec(printed)?.[1];
      if (!url) return;
      clearTimeout(timer);
      resolve({ url, stop: () => stop(child, ended) });
    });
  });
}

async function stop(child, ended) {
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await ended;
  clearTimeout(timer);
}
