import { parseArgs } from 'node:util';
import { authorizationOf, type Environment, serverUrl } from '../client-settings.ts';
import { CommandError } from '../command-error.ts';

/** How a caller shows who he is. */
export type Proof =
  | { readonly kind: 'none' }
  | { readonly kind: 'header'; readonly authorization: string }
  | { readonly kind: 'aws' };

export interface DoctorOptions {
  /** Without a slash at the end. */
  readonly url: string;
  readonly proof: Proof;
  /** The experiment that gets a run, which is deleted again. */
  readonly experimentId: string;
  /** Whether nothing may be written. */
  readonly isReadOnly: boolean;
}

export const DOCTOR_USAGE = `Options of doctor, which looks at a deployment from outside:
  --url URL            where it is ($MLFLOW_TRACKING_URI, else http://127.0.0.1:5000); who asks is told as the stock client does:
                       $MLFLOW_TRACKING_USERNAME and $MLFLOW_TRACKING_PASSWORD, $MLFLOW_TRACKING_TOKEN, or
                       $MLFLOW_TRACKING_AWS_SIGV4=true with AWS credentials
  --experiment-id ID   gets a run with files of 1 KB and 20 MB, deleted again (0, the default experiment)
  --read-only          write nothing`;

/** Reads the options of `doctor`; throws CommandError naming the one that is wrong. */
export function parseDoctorOptions(args: readonly string[], env: Environment): DoctorOptions {
  const { values } = parse(args);
  return {
    url: serverUrl(values.url, env, 'give --url http://...'),
    proof: proofOf(env),
    experimentId: values['experiment-id'],
    isReadOnly: values['read-only'],
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        url: { type: 'string' },
        'experiment-id': { type: 'string', default: '0' },
        'read-only': { type: 'boolean', default: false },
      },
    });
  } catch (cause) {
    throw new CommandError(`${cause instanceof Error ? cause.message : cause}\n\n${DOCTOR_USAGE}`);
  }
}

/** In the order of the stock client, which signs by AWS when it is told to, whatever else is set. */
function proofOf(env: Environment): Proof {
  if (/^(?:true|1)$/i.test(env.MLFLOW_TRACKING_AWS_SIGV4 ?? '')) return { kind: 'aws' };
  const authorization = authorizationOf(env);
  return authorization === undefined ? { kind: 'none' } : { kind: 'header', authorization };
}
