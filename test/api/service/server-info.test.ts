import { expect, test } from 'vitest';
import { serverInfo } from '../../../functions/api/service/server-info.ts';
import { requestFacts } from '../../support/request-facts.ts';
import { openTestApp } from '../../support/test-app.ts';
import { expectOk } from '../expect-answer.ts';

const app = await openTestApp();

const info = {
  store_type: 'SqlStore',
  workspaces_enabled: false,
  trace_archival_enabled: false,
  multipart_uploads_enabled: true,
  multipart_downloads_enabled: false,
  presigned_upload_run_id_supported: true,
  presigned_upload_model_id_supported: true,
  features_enabled: { gateway: false },
};

test.each(['/api', '/ajax-api'])('tells clients below %s what the server can do', async (prefix) => {
  expectOk(await app.call('GET', `${prefix}/3.0/mlflow/server-info`), info);
});

test('has clients fetch presigned URLs where a plain download is sent on to one anyway', async () => {
  const caller = requestFacts({ origin: 'https://api.example' });
  const answer = await serverInfo.respond({}, { ...app.services, downloads: 'redirect' }, caller);
  expect(answer).toEqual({ ...info, multipart_downloads_enabled: true });
});

test('is an operation of version 3.0 alone', async () => {
  expect((await app.call('GET', '/api/2.0/mlflow/server-info')).status).toBe(404);
});
