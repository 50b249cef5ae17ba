import type { CloudFormationCustomResourceEvent } from 'aws-lambda';

/** CloudFormation takes an answer of 4,096 bytes. */
const MAX_REASON_LENGTH = 1000;

/**
 * Does `work` for a custom resource and tells CloudFormation how it went: without an answer a deployment would wait for its
 * time-out. Throws only when CloudFormation does not take the answer.
 */
export async function answerCloudFormation(
  event: CloudFormationCustomResourceEvent,
  work: () => Promise<void>,
): Promise<void> {
  const { StackId, RequestId, LogicalResourceId, ResponseURL } = event;
  // A constant: with another one, CloudFormation would delete the resource that had the first.
  const about = { StackId, RequestId, LogicalResourceId, PhysicalResourceId: LogicalResourceId };
  const outcome = await outcomeOf(work);
  // As bytes: with a text, fetch would add a Content-Type, which is not part of the URL's signature.
  const body = Buffer.from(JSON.stringify({ ...about, ...outcome }));
  const response = await fetch(ResponseURL, { method: 'PUT', body });
  if (!response.ok) throw new Error(`CloudFormation refused the answer with ${response.status}`);
}

async function outcomeOf(work: () => Promise<void>): Promise<object> {
  try {
    await work();
    return { Status: 'SUCCESS' };
  } catch (error) {
    return { Status: 'FAILED', Reason: String(error).slice(0, MAX_REASON_LENGTH) };
  }
}
