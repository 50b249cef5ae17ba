import { describe, expect, it, onTestFinished } from 'vitest';
import { answerCloudFormation } from '../../functions/site/answer-cloudformation.ts';
import { siteEvent, startCloudFormation } from './cloudformation.ts';

async function answerOf(work: () => Promise<void>, status = 200) {
  const { url, answers, close } = await startCloudFormation(status);
  onTestFinished(close);
  const answering = answerCloudFormation({ ...siteEvent('Create', url, 'b'), RequestType: 'Create' }, work);
  return { answering, answers };
}

const ABOUT = {
  StackId: 'stack-1',
  RequestId: 'request-1',
  LogicalResourceId: 'SiteFiles',
  PhysicalResourceId: 'SiteFiles',
};

describe('answerCloudFormation', () => {
  it('tells that the work was done', async () => {
    const { answering, answers } = await answerOf(async () => undefined);
    await answering;
    expect(answers.map(({ body }) => body)).toEqual([{ ...ABOUT, Status: 'SUCCESS' }]);
  });

  it('tells why it was not, in few words', async () => {
    const { answering, answers } = await answerOf(() => Promise.reject(new Error(`no bucket ${'x'.repeat(5000)}`)));
    await answering;
    expect(answers[0]?.body).toMatchObject({ ...ABOUT, Status: 'FAILED' });
    expect(String(answers[0]?.body.Reason)).toMatch(/^Error: no bucket x+$/);
    expect(JSON.stringify(answers[0]?.body).length).toBeLessThan(4096);
  });

  it('sends no content type, which is not part of the signature of the address', async () => {
    const { answering, answers } = await answerOf(async () => undefined);
    await answering;
    expect(answers[0]).toMatchObject({ method: 'PUT', contentType: undefined });
  });

  it('fails when the answer is not taken', async () => {
    const { answering } = await answerOf(async () => undefined, 403);
    await expect(answering).rejects.toThrow('403');
  });
});
