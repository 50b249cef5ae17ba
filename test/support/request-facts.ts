import type { RequestFacts } from '../../functions/api/operation.ts';

/** What an operation that is called without the router knows of its request. */
export const requestFacts = (more: Partial<RequestFacts> = {}): RequestFacts => ({
  origin: 'http://127.0.0.1',
  address: undefined,
  params: {},
  cookie: () => undefined,
  noteSignIn: () => undefined,
  ...more,
});
