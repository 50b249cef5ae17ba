import { spawn } from 'node:child_process';
import { shower } from './output.js';
import { ROOT } from './paths.js';

const STOP_MS = 5_000;

/**
 * @typedef {object} Ending
 * @property {number} code the exit code; 1 when a signal or the time limit ended it
 * @property {string} output the last megabyte of what it printed
 * @property {string | undefined} trouble why it did not end by itself
 */

/**
 * Runs a command in a process group of its own, showing its output as it comes. After `limitMs` the whole group is ended.
 * @returns {Promise<Ending>}
 */
export function runCommand(command, args, { limitMs, env = {}, quiet = false }) {
  const child = spawn(command, args, {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const output = collect(child, quiet);
  const limit = limitGroup(child, limitMs);
  const forget = endWithUs(child);
  return new Promise((resolve) => {
    const end = (code, trouble) => {
      limit.clear();
      forget();
      resolve({ code, output: output(), trouble });
    };
    child.once('error', (error) => end(1, error.message));
    child.once('close', (code, signal) => {
      const trouble = limit.isOver() ? `took longer than ${limitMs / 1000} s` : (signal ?? undefined);
      end(trouble ? 1 : (code ?? 1), trouble);
    });
  });
}

const KEPT_CHARACTERS = 1_000_000;

function collect(child, quiet) {
  let text = '';
  const show = shower();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk) => {
      if (!quiet) show(chunk);
      text = (text + chunk).slice(-KEPT_CHARACTERS);
    });
  }
  return () => text;
}

function limitGroup(child, limitMs) {
  let over = false;
  let kill;
  const stop = setTimeout(() => {
    over = true;
    signalGroup(child, 'SIGTERM');
    kill = setTimeout(() => signalGroup(child, 'SIGKILL'), STOP_MS);
  }, limitMs);
  return {
    isOver: () => over,
    clear: () => {
      clearTimeout(stop);
      clearTimeout(kill);
      // What the part left behind holds ports and folders of the next one.
      if (over) signalGroup(child, 'SIGKILL');
    },
  };
}

const running = new Set();

/** Ctrl-C reaches us alone, since each child has a group of its own. */
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    for (const child of running) signalGroup(child, 'SIGTERM');
    process.exit(130);
  });
}

function endWithUs(child) {
  running.add(child);
  return () => running.delete(child);
}

function signalGroup(child, signal) {
  try {
    if (child.pid) process.kill(-child.pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}
