import { describe, expect, test } from 'vitest';
import { canonicalStage, checkArchives } from '../../functions/domain/model-stage.ts';
import { expectRefusal } from './expect-refusal.ts';

describe('canonicalStage', () => {
  test.each([
    ['production', 'Production'],
    ['STAGING', 'Staging'],
    ['None', 'None'],
    ['aRCHIVED', 'Archived'],
  ])('reads %s as %s', (text, stage) => {
    expect(canonicalStage(text)).toBe(stage);
  });

  test.each(['', ' Staging', 'Deleted_Internal', 'nonsense'])('refuses %j', (text) => {
    expectRefusal(
      () => canonicalStage(text),
      `Invalid Model Version stage: ${text}. Value must be one of None, Staging, Production, Archived.`,
    );
  });
});

describe('checkArchives', () => {
  test.each(['Staging', 'production'])('lets %s make room', (stage) => {
    expect(() => checkArchives(stage)).not.toThrow();
  });

  test.each(['None', 'archived'])('refuses %s, as the client wrote it', (stage) => {
    expectRefusal(
      () => checkArchives(stage),
      'Model version transition cannot archive existing model versions because ' +
        `'${stage}' is not an Active stage. Valid stages are ['Staging', 'Production']`,
    );
  });
});
