import { describe, expect, test } from 'vitest';
import { IS_PROMPT_TAG, isHiddenPrompt, isPrompt, validatePromptSource } from '../../functions/domain/prompt.ts';
import { expectRefusal } from './expect-refusal.ts';

describe('a prompt', () => {
  test.each([
    ['true', true, true],
    ['True', true, false],
    ['false', false, false],
    ['', false, false],
  ])('is what the tag says: %j', (value, is, isHidden) => {
    const tags = new Map([[IS_PROMPT_TAG, value]]);
    expect(isPrompt(tags)).toBe(is);
    expect(isHiddenPrompt(tags)).toBe(isHidden);
  });

  test('is nothing without the tag', () => {
    expect(isPrompt(new Map())).toBe(false);
    expect(isHiddenPrompt(new Map())).toBe(false);
  });

  test('has a placeholder for a source', () => {
    for (const source of ['dummy-source', 'prompt-template']) expect(() => validatePromptSource(source)).not.toThrow();
    expectRefusal(
      () => validatePromptSource('/etc/passwd'),
      "Invalid prompt source: '/etc/passwd'. Prompt sources must use an MLflow placeholder.",
    );
  });
});
