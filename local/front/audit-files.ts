import type { IncomingMessage } from 'node:http';
import type { Auditor } from '../../functions/api/audit/auditor.ts';
import { subjectOf } from '../../functions/api/audit/subject-of.ts';
import type { TokenCodec } from '../../functions/domain/access-token.ts';
import { credentialsOf } from '../../functions/http/credentials.ts';

interface AuditFilesProps {
  readonly auditor: Auditor;
  readonly codec: Pick<TokenCodec, 'verify'>;
  readonly report: (message: string, cause: unknown) => void;
}

/** Hears of a file that was answered, or refused, without the API. */
export type OnAnswered = (message: IncomingMessage, status: number) => void;

const ROOT = /^.*?\/mlflow-artifacts\/artifacts\//;

/** Tells the audit of files that went past the API what the API would have told it. */
export function auditFiles({ auditor, codec, report }: AuditFilesProps): OnAnswered {
  const hear = async ({ method, url = '', headers, socket }: IncomingMessage, status: number): Promise<void> => {
    const [path = ''] = url.replace(ROOT, '').split('?');
    const credentials = credentialsOf(headers.authorization ?? null);
    const token = credentials.kind === 'token' ? await codec.verify(credentials.token) : undefined;
    await auditor.hear({
      place: `${method === 'PUT' ? 'PUT' : 'GET'} /mlflow-artifacts/artifacts/:artifact_path{.+}`,
      caller: token && { username: token.username, token: { tokenId: token.tokenId } },
      subject: subjectOf({ input: undefined, params: { artifact_path: decoded(path) }, raw: undefined }),
      address: socket.remoteAddress,
      status,
    });
  };
  return (message, status) => {
    hear(message, status).catch((error: unknown) => report('the audit misses a file', error));
  };
}

/** A path that was refused may be unreadable. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
