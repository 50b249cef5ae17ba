import type { Client } from '../../../support/guarded-app.ts';
import { type Answer, type Query, queryString, textAt } from '../../../support/test-app.ts';

const PROMOTIONS = '/api/2.0/tracklet/promotions/';

type Fields = Readonly<Record<string, unknown>>;

/** A rule before production, and what else it says. */
export const beforeProduction = (rule: Fields) => ({ stages: ['Production'], ...rule });

/** Somebody's calls about promotions. */
export function promotionsOf({ call, post }: Pick<Client, 'call' | 'post'>) {
  const send = (path: string, body: Fields) => call('POST', PROMOTIONS + path, body);
  const ask = (path: string, query: Query = {}) => call('GET', PROMOTIONS + path + queryString(query), undefined, {});
  return {
    send,
    ask,
    setPolicy: (name: string | undefined, rules: readonly Fields[], more: Fields = {}) =>
      send('policy', { name, rules, ...more }),
    dropPolicy: (name?: string) => call('DELETE', `${PROMOTIONS}policy`, { name }),
    request: async (name: string, version: string, target: Fields = { stage: 'Production' }) =>
      textAt(await send('requests', { name, version, ...target }), 'request', 'request_id'),
    review: (id: string, verdict: string, comment = '') => send(`requests/${id}/review`, { verdict, comment }),
    promote: (id: string, fields: Fields = {}) => send(`requests/${id}/promote`, fields),
    withdraw: (id: string, fields: Fields = {}) => send(`requests/${id}/withdraw`, fields),
    check: (name: string, version: string, target: Query = { stage: 'Production' }) =>
      ask('check', { name, version, ...target }),
    rollBack: (name: string, fields: Fields = { stage: 'Production' }) => send('rollback', { name, ...fields }),
    toStage: (name: string, version: string, stage = 'Production', archive = false): Promise<Answer> =>
      post('model-versions/transition-stage', { name, version, stage, archive_existing_versions: archive }),
    setAlias: (name: string, alias: string, version: string) =>
      post('registered-models/alias', { name, alias, version }),
  };
}
