import { expect, test } from 'vitest';
import { parseFilter } from '../../functions/search/parse-filter.ts';
import { takePromptClauses } from '../../functions/search/prompt-clauses.ts';

const IS = 'tags.`mlflow.prompt.is_prompt`';
const take = (text: string) => takePromptClauses(parseFilter('registeredModels', text));

test.each([`${IS} = 'true'`, `${IS} = 'TRUE'`, `${IS} != 'false'`, `name = 'a' AND ${IS} = 'true'`])(
  '%s asks for prompts, and holds as it stands',
  (text) => {
    const { filter, isForPrompts } = take(text);
    expect(isForPrompts).toBe(true);
    expect(filter).toEqual(parseFilter('registeredModels', text));
  },
);

test.each([
  ...['', `${IS} != 'true'`, `${IS} = 'false'`, `${IS} LIKE 'true'`, "tags.other = 'true'", "name = 'true'"],
  `${IS} != 'true' AND ${IS} = 'true'`,
])('%j asks for models', (text) => {
  expect(take(text).isForPrompts).toBe(false);
});

test('clauses that ask for models are taken out, and only these', () => {
  const { filter } = take(`${IS} != 'true' AND name = 'a' AND ${IS} LIKE '%' AND tags.b = 'true'`);
  expect(filter.conditions.map(({ target }) => target.key)).toEqual(['name', 'b']);
});
