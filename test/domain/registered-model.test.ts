import { describe, expect, test } from 'vitest';
import { IS_PROMPT_TAG, PROMPT_TEXT_TAG } from '../../functions/domain/prompt.ts';
import {
  nameTaken,
  renamed,
  validateNewName,
  validateRegisteredModelName,
  validateRegisteredModelTag,
  validateVersionTag,
} from '../../functions/domain/registered-model.ts';
import { BLANK_REGISTERED_MODEL } from './blank-registered-model.ts';
import { expectRefusal } from './expect-refusal.ts';

const PROMPT = new Map([[IS_PROMPT_TAG, 'true']]);
const MODEL = new Map<string, string>();

describe('the name of a registered model', () => {
  test.each(['a', 'a b', 'a.b', 'é漢\u{1f600}', "a'b", 'a\nb', '@', '-', 'n'.repeat(256), '\u{1f600}'.repeat(256)])(
    'may be %j',
    (name) => {
      expect(() => validateRegisteredModelName(name)).not.toThrow();
      expect(() => validateNewName(name)).not.toThrow();
    },
  );

  test.each([
    ['', "Missing value for required parameter 'name'."],
    [' \t', "Missing value for required parameter 'name'."],
    ['a/b', "Invalid model name 'a/b'. Names cannot contain '/' or ':'."],
    ['a:b', "Invalid model name 'a:b'. Names cannot contain '/' or ':'."],
    ['n'.repeat(257), "'name' exceeds the maximum length of 256 characters"],
  ])('may not be %j', (name, message) => {
    expectRefusal(() => validateRegisteredModelName(name), message);
  });

  test('may not be another name when it is taken for a path', () => {
    expect(() => validateRegisteredModelName('.')).toThrow(/^Invalid value "\."/);
  });

  test('that is new is named so where it is missing', () => {
    expectRefusal(() => validateNewName(' '), "Missing value for required parameter 'new_name'.");
    expectRefusal(() => validateNewName('a/b'), "Invalid model name 'a/b'. Names cannot contain '/' or ':'.");
  });
});

describe('a tag', () => {
  test.each([validateRegisteredModelTag, validateVersionTag])('has a key of 250 and a value of 100,000', (validate) => {
    expect(() => validate('k'.repeat(250), 'v'.repeat(100_000))).not.toThrow();
    expectRefusal(() => validate('k'.repeat(251), ''), "'key' exceeds the maximum length of 250 characters");
    expectRefusal(() => validate('k', 'v'.repeat(100_001)), "'value' exceeds the maximum length of 100000 characters");
    expect(() => validate('a*b', '')).toThrow(/Names may only contain/);
    expect(() => validate('', '')).toThrow(/would resolve to/);
  });

  test('of a prompt’s text says what is too long', () => {
    expect(() => validateVersionTag(PROMPT_TEXT_TAG, 'v'.repeat(100_000))).not.toThrow();
    expectRefusal(
      () => validateVersionTag(PROMPT_TEXT_TAG, 'v'.repeat(100_001)),
      'Prompt text exceeds max length of 100000 characters.',
    );
  });
});

describe('a name that is taken', () => {
  test.each([
    [MODEL, MODEL, 'Registered Model (name=x) already exists.'],
    [PROMPT, PROMPT, 'Prompt (name=x) already exists.'],
  ])('by its like', (existing, wanted, message) => {
    expect(nameTaken('x', existing, wanted)).toMatchObject({ code: 'RESOURCE_ALREADY_EXISTS', message });
  });

  test.each([
    [MODEL, PROMPT, 'prompt', 'registered model'],
    [PROMPT, MODEL, 'registered model', 'prompt'],
  ])('by the other kind', (existing, wanted, created, old) => {
    expect(nameTaken("x'", existing, wanted).message).toBe(
      `Tried to create a ${created} with name "x'", but the name is already taken by a ${old}. MLflow does not allow ` +
        'creating a model and a prompt with the same name.',
    );
  });
});

test('a rename is an update of the model and of all its versions', () => {
  const model = { ...BLANK_REGISTERED_MODEL, name: 'a', lastUpdateTime: 2, tags: MODEL, stages: '-' };
  expect(renamed(model, 'b', 9)).toEqual({ ...model, name: 'b', lastUpdateTime: 9, renameTime: 9 });
});
