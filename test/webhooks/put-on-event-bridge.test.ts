import { describe, expect, test } from 'vitest';
import type { HttpAnswer } from '../../functions/store/dynamo/client/http-post.ts';
import { createEventBridge } from '../../functions/webhooks/put-on-event-bridge.ts';

const event = {
  deliveryId: '0f0e0d0c-0000-4000-8000-000000000000',
  event: { entity: 'MODEL_VERSION', action: 'CREATED' },
  body: '{"entity": "model_version", "data": {"name": "é", "version": "1"}}',
} as const;

/** A bus that is answered for, and what was sent there. */
function busThat(answer: HttpAnswer | Error) {
  const sent: { readonly headers: Readonly<Record<string, string>>; readonly body: string }[] = [];
  const put = createEventBridge({
    endpoint: 'https://events.eu-west-1.amazonaws.com',
    region: 'eu-west-1',
    credentials: () => ({ accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret', sessionToken: 'token' }),
    busName: 'default',
    clock: () => Date.UTC(2026, 7, 1),
    post: async (headers, body) => {
      sent.push({ headers, body });
      if (answer instanceof Error) throw answer;
      return answer;
    },
  });
  return { put: () => put(event), sent };
}

const answered = (body: object, status = 200): HttpAnswer => ({ status, body: JSON.stringify(body) });

test('an event is one signed entry, told as a webhook would be', async () => {
  const { put, sent } = busThat(answered({ FailedEntryCount: 0, Entries: [{ EventId: 'e' }] }));
  await put();
  expect(sent).toHaveLength(1);
  expect(JSON.parse(sent[0]?.body ?? '')).toEqual({
    Entries: [
      {
        EventBusName: 'default',
        Source: 'tracklet',
        DetailType: 'model_version.created',
        Detail: event.body,
        Resources: [`tracklet:delivery/${event.deliveryId}`],
      },
    ],
  });
  expect(sent[0]?.headers).toMatchObject({
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': 'AWSEvents.PutEvents',
    'x-amz-security-token': 'token',
    authorization: expect.stringContaining('/20260801/eu-west-1/events/aws4_request'),
  });
});

describe('an event is not taken for put', () => {
  test.each<[string, HttpAnswer | Error, string]>([
    [
      'when its entry failed in a call that did not',
      answered({ FailedEntryCount: 1, Entries: [{ ErrorCode: 'ThrottlingException', ErrorMessage: 'slow down' }] }),
      'EventBridge answered 200: ThrottlingException: slow down',
    ],
    [
      'when an entry failed, and nothing says why',
      answered({ FailedEntryCount: 1, Entries: [] }),
      'EventBridge answered 200: {"FailedEntryCount":1,"Entries":[]}',
    ],
    [
      'when the call was refused',
      answered({ __type: 'AccessDeniedException' }, 400),
      'EventBridge answered 400: {"__type":"AccessDeniedException"}',
    ],
    ['when the answer is not of EventBridge', answered({}), 'EventBridge answered 200: {}'],
    ['when there is no answer', new Error('no answer within 10000 ms'), 'no answer within 10000 ms'],
  ])('%s', async (_, answer, message) => {
    await expect(busThat(answer).put()).rejects.toThrow(message);
  });

  test('when what came as an answer is no JSON', async () => {
    await expect(busThat({ status: 200, body: '<html>' }).put()).rejects.toThrow(SyntaxError);
  });
});
