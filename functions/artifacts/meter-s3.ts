import type { S3Client } from '@aws-sdk/client-s3';
import type { Cost } from '../domain/cost.ts';

/** Makes `client` tell each request that it sends, those that it sends again included. */
export function meterS3(client: S3Client, record: (request: Partial<Cost>) => void): void {
  client.middlewareStack.add(
    (next, { commandName }) =>
      (request) => {
        record(requestOf(commandName));
        return next(request);
      },
    // Of this step's parts the retries come early: what stands behind them runs for every attempt.
    { name: 'meter', step: 'finalizeRequest', priority: 'low' },
  );
}

/** Copies and the parts of an upload count as PUT (S3: requests and data retrievals). */
function requestOf(command = ''): Partial<Cost> {
  if (/^(Get|Head)/.test(command)) return { s3Gets: 1 };
  if (command.startsWith('List')) return { s3Lists: 1 };
  if (/^(Delete|Abort)/.test(command)) return { s3Deletes: 1 };
  return { s3Puts: 1 };
}
