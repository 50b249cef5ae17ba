import { describe, expect, test } from 'vitest';
import { validateTraceArchivalTag } from '../../functions/domain/trace-archival-tag.ts';
import { expectRefusal } from './expect-refusal.ts';

const RETENTION = 'mlflow.trace.archivalRetention';
const NOW = 'mlflow.trace.archiveNow';
const BAD_JSON = 'Trace archival config must be encoded as a JSON object.';
const BAD_DURATION =
  "Trace archival retention must be in the form `<int><unit>`, where unit is one of 'm', 'h', or 'd'.";
const LONG_DURATION = 'Trace archival duration must be at most 32 characters.';

test('any other tag may hold anything', () => {
  expect(() => validateTraceArchivalTag('other', 'no JSON')).not.toThrow();
});

describe('the retention tag', () => {
  test.each([
    '{"type":"duration","value":"30d"}',
    '{"type":"duration","value":" 1h\\n","more":1}',
    `{"type":"duration","value":"${'1'.repeat(31)}m"}`,
  ])('takes %s', (value) => {
    expect(() => validateTraceArchivalTag(RETENTION, value)).not.toThrow();
  });

  test.each([
    ['', BAD_JSON],
    ['30d', BAD_JSON],
    ['null', BAD_JSON],
    ['[]', BAD_JSON],
    ['"30d"', BAD_JSON],
    ['{}', "Trace archival config must use type 'duration'."],
    ['{"type":"DURATION"}', "Trace archival config must use type 'duration'."],
    ['{"type":"duration"}', BAD_DURATION],
    ['{"type":"duration","value":null}', BAD_DURATION],
    ['{"type":"duration","value":30}', BAD_DURATION],
    ['{"type":"duration","value":""}', BAD_DURATION],
    ['{"type":"duration","value":"0d"}', BAD_DURATION],
    ['{"type":"duration","value":"30"}', BAD_DURATION],
    ['{"type":"duration","value":"30w"}', BAD_DURATION],
    ['{"type":"duration","value":"-1d"}', BAD_DURATION],
    ['{"type":"duration","value":"1d 1h"}', BAD_DURATION],
    [`{"type":"duration","value":"${'1'.repeat(32)}m"}`, LONG_DURATION],
  ])('refuses %s', (value, message) => {
    expectRefusal(() => validateTraceArchivalTag(RETENTION, value), message);
  });
});

describe('the archive-now tag', () => {
  test.each(['{}', '{"older_than":null}', '{"older_than":"7d"}', '{"older_than":" 90m "}'])('takes %s', (value) => {
    expect(() => validateTraceArchivalTag(NOW, value)).not.toThrow();
  });

  test.each([
    ['now', BAD_JSON],
    ['{"older_than":""}', BAD_DURATION],
    ['{"older_than":7}', BAD_DURATION],
    ['{"older_than":"7"}', BAD_DURATION],
  ])('refuses %s', (value, message) => {
    expectRefusal(() => validateTraceArchivalTag(NOW, value), message);
  });
});
