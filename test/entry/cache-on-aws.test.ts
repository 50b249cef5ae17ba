import { expect, test } from 'vitest';
import { cacheBytesOnAws } from '../../functions/entry/cache-on-aws.ts';

test('columns take two fifths of the memory that the function has', () => {
  expect(cacheBytesOnAws({ AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '1769' })).toBe(741_972_377);
});

test.each([undefined, '', 'much'])('%j is no memory', (size) => {
  expect(() => cacheBytesOnAws({ AWS_LAMBDA_FUNCTION_MEMORY_SIZE: size })).toThrow(
    'AWS_LAMBDA_FUNCTION_MEMORY_SIZE is missing',
  );
});
