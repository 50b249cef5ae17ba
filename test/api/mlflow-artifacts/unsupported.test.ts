import { expect, test } from 'vitest';
import { openTestApp } from '../../support/test-app.ts';

const app = await openTestApp();

// The client falls back to a plain PUT or GET for exactly these beginnings.
test.each([
  ['POST', 'mpu/create/0/x/artifacts', 'Multipart upload is not supported for the current artifact repository'],
  ['POST', 'mpu/complete/0/x/artifacts', 'Multipart upload is not supported for the current artifact repository'],
  ['POST', 'mpu/abort/0/x/artifacts', 'Multipart upload is not supported for the current artifact repository'],
  ['GET', 'presigned/0/x/artifacts/f', 'Multipart download is not supported for the current artifact repository'],
])('501: %s %s', async (method, path, message) => {
  for (const prefix of ['/api', '/ajax-api']) {
    const answer = await app.call(method, `${prefix}/2.0/mlflow-artifacts/${path}`, method === 'GET' ? undefined : {});
    expect(answer).toMatchObject({ status: 501, body: { error_code: 'NOT_IMPLEMENTED' } });
    expect(Object(answer.body).message.startsWith(message)).toBe(true);
  }
});
