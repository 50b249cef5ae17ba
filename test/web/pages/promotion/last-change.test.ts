import { expect, test } from 'vitest';
import type { PromotionTarget } from '../../../../web/api/promotion-target.ts';
import type { Promotion } from '../../../../web/api/promotions.ts';
import { lastChange } from '../../../../web/pages/promotion/last-change.ts';

const PRODUCTION: PromotionTarget = { kind: 'stage', stage: 'Production' };
const STAGING: PromotionTarget = { kind: 'stage', stage: 'Staging' };

const promotion = (promotionId: string, rest: Partial<Promotion>): Promotion => ({
  promotionId,
  kind: 'direct',
  by: 'ann',
  timestamp: 0,
  comment: '',
  undoes: undefined,
  changes: [],
  ...rest,
});
const change = (target: PromotionTarget, entered: string, left: string) => ({
  target,
  entered: [entered],
  left: [left],
});

const first = promotion('1', { changes: [change(PRODUCTION, '2', '1')] });
const second = promotion('2', { changes: [change(PRODUCTION, '3', '2')] });

test('is the newest of the target', () => {
  const elsewhere = promotion('3', { changes: [change(STAGING, '4', '5')] });
  expect(lastChange([elsewhere, second, first], PRODUCTION)).toMatchObject({ entered: ['3'], left: ['2'] });
});

test('is the one before, once a rollback undid the newest', () => {
  const undoes = { promotionId: '2', target: PRODUCTION };
  const back = promotion('3', { kind: 'rollback', undoes, changes: [change(PRODUCTION, '2', '3')] });
  expect(lastChange([back, second, first], PRODUCTION)).toMatchObject({ entered: ['2'], left: ['1'] });
});

test('is a rollback that undid something at another target', () => {
  const undoes = { promotionId: '2', target: PRODUCTION };
  const changes = [change(PRODUCTION, '2', '3'), change(STAGING, '6', '2')];
  const back = promotion('3', { kind: 'rollback', undoes, changes });
  expect(lastChange([back, second], STAGING)).toMatchObject({ entered: ['6'], left: ['2'] });
});

test('is none where nothing ever changed', () => {
  expect(lastChange([first], { kind: 'alias', alias: 'champion' })).toBeUndefined();
});
