import { ARTIFACT_HEADERS } from '../../functions/domain/artifact-headers.ts';
import type { ErrorCode } from '../../functions/domain/errors.ts';
import type { S3Reply } from '../s3/s3-reply.ts';

/** S3's statuses in MLflow's codes; the status itself stays. */
const CODES: Readonly<Record<number, ErrorCode>> = {
  400: 'BAD_REQUEST',
  403: 'PERMISSION_DENIED',
  404: 'RESOURCE_DOES_NOT_EXIST',
  412: 'RESOURCE_CONFLICT',
  416: 'RANGE_NOT_SATISFIABLE',
  501: 'NOT_IMPLEMENTED',
};

/** S3's answer as the viewer of an artifact gets it: a file that runs no scripts, or an error in MLflow's form. */
export function viewerReply(reply: S3Reply): S3Reply {
  return reply.error === undefined ? withArtifactHeaders(reply) : mlflowReply(reply, reply.error);
}

/** Adds what keeps users' HTML and SVG harmless, as CloudFront's response headers policy does. */
function withArtifactHeaders(reply: S3Reply): S3Reply {
  const isFile = 'content-type' in reply.headers;
  const missing = ARTIFACT_HEADERS.filter(({ name, isForced }) => isForced || (isFile && !(name in reply.headers)));
  return withHeaders(reply, missing);
}

/** The same for a presigned URL, whose maker says whether it is a download. */
export const presignedReply = (reply: S3Reply): S3Reply =>
  withHeaders(
    reply,
    ARTIFACT_HEADERS.filter(({ isForced }) => isForced),
  );

const withHeaders = (reply: S3Reply, added: readonly { readonly name: string; readonly value: string }[]): S3Reply => ({
  ...reply,
  headers: { ...reply.headers, ...Object.fromEntries(added.map(({ name, value }) => [name, value])) },
});

function mlflowReply({ status, headers }: S3Reply, { message }: NonNullable<S3Reply['error']>): S3Reply {
  const body = JSON.stringify({ error_code: CODES[status] ?? 'INTERNAL_ERROR', message });
  return { status, headers: { ...headers, 'content-type': 'application/json' }, body };
}
