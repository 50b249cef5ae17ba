import { describe, expect, it } from 'vitest';
import { ENV, readEnvironment, readTableEnvironment } from '../../functions/entry/env.ts';

const complete = {
  [ENV.tableName]: 'table',
  [ENV.bucketName]: 'bucket',
  [ENV.artifactRoot]: 'mlflow-artifacts:/',
  [ENV.costReport]: 'both',
};

describe('readEnvironment', () => {
  it('reads what the infrastructure sets', () => {
    expect(readEnvironment(complete)).toEqual({
      tableName: 'table',
      bucketName: 'bucket',
      artifactRoot: 'mlflow-artifacts:/',
      costReport: 'both',
    });
  });

  it('names the cost reports that there are when it gets another', () => {
    const env = { ...complete, [ENV.costReport]: 'paper' };
    expect(() => readEnvironment(env)).toThrow('TRACKLET_COST_REPORT is paper, not none, header, metrics, both');
  });

  it.each(Object.values(ENV))('names %s when it is missing or empty', (name) => {
    expect(() => readEnvironment({ ...complete, [name]: undefined })).toThrow(`${name} is missing`);
    expect(() => readEnvironment({ ...complete, [name]: '' })).toThrow(`${name} is missing`);
  });
});

describe('readTableEnvironment', () => {
  it('needs no more than the table', () => {
    const env = { [ENV.tableName]: 'table', [ENV.costReport]: 'none' };
    expect(readTableEnvironment(env)).toEqual({ tableName: 'table', costReport: 'none' });
    expect(() => readTableEnvironment({})).toThrow('TRACKLET_TABLE is missing');
  });
});
