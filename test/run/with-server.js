/**
 * Runs a command beside a Tracklet server of its own, whose address it finds in MLFLOW_TRACKING_URI:
 *   node test/run/with-server.js python -m pytest test/clients/python
 * With `--guarded` before the command users sign in, and the command finds the admin's name and password in
 * MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD.
 */
import { spawn } from 'node:child_process';
import { startTracklet } from './tracklet-server.js';

const isGuarded = process.argv[2] === '--guarded';
const [command, ...args] = process.argv.slice(isGuarded ? 3 : 2);
const [username, password] = ['root', 'the first password'];
const guarded = {
  args: ['--auth', 'basic'],
  env: { TRACKLET_ADMIN_USERNAME: username, TRACKLET_ADMIN_PASSWORD: password },
};
const server = await startTracklet(isGuarded ? guarded : {});
const admin = isGuarded ? { MLFLOW_TRACKING_USERNAME: username, MLFLOW_TRACKING_PASSWORD: password } : {};
const env = { ...process.env, MLFLOW_TRACKING_URI: server.url, ...admin };
const child = spawn(command, args, { stdio: 'inherit', env });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
process.exitCode = await new Promise((resolve) => {
  child.once('error', (error) => {
    console.error(error.message);
    resolve(1);
  });
  child.once('exit', (code) => resolve(code ?? 1));
});
await server.stop();
