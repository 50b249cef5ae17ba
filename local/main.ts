import { CommandError } from './command-error.ts';
import { doctor } from './doctor/doctor.ts';
import { DOCTOR_USAGE, parseDoctorOptions } from './doctor/doctor-options.ts';
import { gc } from './gc/gc.ts';
import { GC_USAGE, parseGcOptions } from './gc/gc-options.ts';
import { seed } from './seed/seed.ts';
import { parseSeedOptions, SEED_USAGE } from './seed/seed-options.ts';
import { serve } from './serve.ts';
import { parseServeOptions, SERVE_USAGE } from './serve-options.ts';
import { printToken } from './token/print-token.ts';
import { parseTokenOptions, TOKEN_USAGE } from './token/token-options.ts';

const USAGE = `Usage: tracklet <command> [options]

Commands:
  serve    run Tracklet on this machine, with embedded stores
  doctor   look at a deployment from outside: is it there, who gets in, do files travel
  gc       remove for good what was deleted
  seed     make believable experiments, for benchmarks and the dashboard
  token    make a token that lets a client in

${SERVE_USAGE}

${DOCTOR_USAGE}

${GC_USAGE}

${SEED_USAGE}

${TOKEN_USAGE}`;

// The SDK's reminder is for whoever raises its version here, not for each user of Node 20.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

/** Runs the command line. A mistake of the user is one line on stderr and exit code 2; anything else 1. */
export async function main(args: readonly string[]): Promise<void> {
  const [command, ...options] = args;
  try {
    await run(command, options);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    console.error(`tracklet: ${error.message}`);
    process.exitCode = error.exitCode;
  }
}

async function run(command: string | undefined, options: readonly string[]): Promise<void> {
  if (command === undefined || command === 'help' || options.includes('--help') || command === '--help') {
    console.log(USAGE);
  } else if (command === 'serve') {
    await serve(parseServeOptions(options));
  } else if (command === 'doctor') {
    await doctor(parseDoctorOptions(options, process.env));
  } else if (command === 'gc') {
    await gc(parseGcOptions(options, process.env));
  } else if (command === 'seed') {
    await seed(parseSeedOptions(options));
  } else if (command === 'token') {
    printToken(parseTokenOptions(options));
  } else {
    throw new CommandError(`unknown command '${command}'.\n\n${USAGE}`);
  }
}
