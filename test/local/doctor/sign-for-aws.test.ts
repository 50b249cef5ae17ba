import { createHash, createHmac } from 'node:crypto';
import { afterEach, expect, test, vi } from 'vitest';
import { signerForAws } from '../../../local/doctor/sign-for-aws.ts';

const SECRET = 'a secret of nobody';
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();

afterEach(() => {
  vi.unstubAllEnvs();
});

test('signs for API Gateway with the credentials of the environment (AWS: Create a signed AWS API request)', async () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDNOBODY');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', SECRET);
  vi.stubEnv('AWS_SESSION_TOKEN', 'session');
  const url = new URL('https://abc.execute-api.eu-west-1.amazonaws.com/api/2.0/mlflow/runs/get?run_id=7');
  const body = '{"a":1}';
  const signed = await signerForAws('eu-west-1')({ method: 'POST', url, headers: { 'content-type': 'text/x' }, body });
  const date = signed['x-amz-date'] ?? '';
  const scope = `${date.slice(0, 8)}/eu-west-1/execute-api/aws4_request`;
  const names = 'content-type;host;x-amz-content-sha256;x-amz-date;x-amz-security-token';
  const canonical = [
    'POST',
    url.pathname,
    'run_id=7',
    'content-type:text/x',
    `host:${url.host}`,
    `x-amz-content-sha256:${sha256(body)}`,
    `x-amz-date:${date}`,
    'x-amz-security-token:session',
    '',
    names,
    sha256(body),
  ].join('\n');
  const key = scope.split('/').reduce<string | Buffer>((from, part) => hmac(from, part), `AWS4${SECRET}`);
  const signature = hmac(key, `AWS4-HMAC-SHA256\n${date}\n${scope}\n${sha256(canonical)}`).toString('hex');
  expect(signed.authorization).toBe(
    `AWS4-HMAC-SHA256 Credential=AKIDNOBODY/${scope}, SignedHeaders=${names}, Signature=${signature}`,
  );
});

test('wants to know the region', () => {
  expect(() => signerForAws(undefined)).toThrow(/AWS_REGION or AWS_DEFAULT_REGION must name the region/);
});
