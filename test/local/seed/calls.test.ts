import { expect, test } from 'vitest';
import { CommandError } from '../../../local/command-error.ts';
import { createCalls, type PlainAnswer, type Send } from '../../../local/seed/calls.ts';

/** A server that gives these answers in turn and remembers what it was asked. */
function scripted(...answers: readonly PlainAnswer[]) {
  const asked: string[] = [];
  const send: Send = async (method, path, body) => {
    const answer = answers[asked.length];
    asked.push([method, path, body ?? ''].join(' ').trim());
    if (!answer) throw new Error('asked once too often');
    return answer;
  };
  return { calls: createCalls(send), asked };
}

test('posts JSON below the API of MLflow and gives the answer', async () => {
  const { calls, asked } = scripted({ status: 200, text: '{"id":"7"}' });
  expect(await calls.post('runs/create', { a: 1 })).toEqual({ id: '7' });
  expect(asked).toEqual(['POST /api/2.0/mlflow/runs/create {"a":1}']);
});

test('finds nothing where the server answers 404', async () => {
  const { calls, asked } = scripted({ status: 404, text: '{}' });
  expect(await calls.find('experiments/get-by-name', { experiment_name: "it's & co" })).toBeUndefined();
  expect(asked).toEqual(['GET /api/2.0/mlflow/experiments/get-by-name?experiment_name=it%27s+%26+co']);
});

test('asks again while the server is busy', async () => {
  const { calls, asked } = scripted({ status: 429, text: '' }, { status: 200, text: '{}' });
  expect(await calls.post('runs/update', {})).toEqual({});
  expect(asked).toHaveLength(2);
});

test('tells what the server refused, and does not ask again', async () => {
  const { calls, asked } = scripted({ status: 400, text: '{"message":"no such metric"}' });
  await expect(calls.post('runs/log-batch', {})).rejects.toThrow(CommandError);
  expect(asked).toHaveLength(1);
});
