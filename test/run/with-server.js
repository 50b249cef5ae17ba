/**
 * Runs a command beside a Tracklet server of its own, whose address it finds in MLFLOW_TRACKING_URI:
 *   node test/run/with-server.js python -m pytest test/clients/python
 */
import { spawn } from 'node:child_process';
import { startTracklet } from './tracklet-server.js';

const [command, ...args] = process.argv.slice(2);
const server = await startTracklet();
const child = spawn(command, args, { stdio: 'inherit', env: { ...process.env, MLFLOW_TRACKING_URI: server.url } });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
process.exitCode = await new Promise((resolve) => {
  child.once('error', (error) => {
    console.error(error.message);
    resolve(1);
  });
  child.once('exit', (code) => resolve(code ?? 1));
});
await server.stop();
