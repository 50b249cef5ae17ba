import { expect, test } from 'vitest';
import { NEW_RULE, policyOf } from '../../../../web/pages/promotion/policy-draft.ts';
import { targetOfText, targetsOf, textOfTarget } from '../../../../web/pages/promotion/target-text.ts';

test('a target is read as it is written', () => {
  for (const text of ['Production', 'Staging', '@champion', '@Production']) {
    const target = targetOfText(text);
    expect(target && textOfTarget(target)).toBe(text);
  }
  for (const text of ['production', 'Archived', '@', '']) expect(targetOfText(text)).toBeUndefined();
});

test('versions may be promoted to the stages, the aliases of the model, and those that policies name', () => {
  const { rules, protectedAliases } = policyOf([{ ...NEW_RULE, aliases: '@blue, champion' }], '');
  const policy = { rules, protectedAliases, setBy: '', setTime: 0 };
  const all = targetsOf(['champion', 'a'], { own: policy, ofAll: undefined });
  expect(all.map(textOfTarget)).toEqual(['Production', 'Staging', '@a', '@blue', '@champion']);
});
