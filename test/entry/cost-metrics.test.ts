import { describe, expect, it } from 'vitest';
import { NO_COST } from '../../functions/domain/cost.ts';
import { costMetrics } from '../../functions/entry/cost-metrics.ts';

const NOW = 1_700_000_000_000;

describe('the metrics of a cost', () => {
  it('are those that count, in the embedded metric format', () => {
    const cost = { ...NO_COST, writeUnits: 2, s3Gets: 1 };
    expect(costMetrics('POST /api/2.0/mlflow/runs/create', cost, NOW)).toEqual({
      operation: 'POST /api/2.0/mlflow/runs/create',
      WriteUnits: 2,
      S3Gets: 1,
      _aws: {
        Timestamp: NOW,
        CloudWatchMetrics: [
          {
            Namespace: 'Tracklet',
            Dimensions: [['service', 'function_name']],
            Metrics: [
              { Name: 'WriteUnits', Unit: 'Count' },
              { Name: 'S3Gets', Unit: 'Count' },
            ],
          },
        ],
      },
    });
  });

  it('name every kind of cost', () => {
    const cost = { writeUnits: 1, readUnits: 2, s3Gets: 3, s3Puts: 4, s3Lists: 5, s3Deletes: 6 };
    const named = { WriteUnits: 1, ReadUnits: 2, S3Gets: 3, S3Puts: 4, S3Lists: 5, S3Deletes: 6 };
    expect(costMetrics('pack', cost, NOW)).toMatchObject(named);
  });

  it('are none for work that consumed nothing', () => {
    expect(costMetrics('GET /health', NO_COST, NOW)).toBeUndefined();
  });
});
