import { expect, test } from 'vitest';
import { addCost, type Cost, NO_COST } from '../../functions/domain/cost.ts';

const ONE_OF_EACH: Cost = { writeUnits: 1, readUnits: 2, s3Gets: 3, s3Puts: 4, s3Lists: 5, s3Deletes: 6 };

test('a cost grows by what came on top, of each kind by itself', () => {
  expect(addCost(ONE_OF_EACH, ONE_OF_EACH)).toEqual({
    writeUnits: 2,
    readUnits: 4,
    s3Gets: 6,
    s3Puts: 8,
    s3Lists: 10,
    s3Deletes: 12,
  });
  expect(addCost(NO_COST, { readUnits: 0.5 })).toEqual({ ...NO_COST, readUnits: 0.5 });
  expect(addCost(ONE_OF_EACH, {})).toEqual(ONE_OF_EACH);
});
