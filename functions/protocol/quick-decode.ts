import type * as z from 'zod';

/** What a quick decoder gives for a value that is not in order, or not quite usual: its schema has the last word. */
export const UNSURE = Symbol('unsure');

/** Decodes a usual value as its schema would, in a tenth of the time. */
export type QuickDecoder<T> = (raw: unknown) => T | typeof UNSURE;

const decoders = new WeakMap<object, QuickDecoder<unknown>>();

/** Gives a schema its quick decoder, of the schema's type; with none it has to do without. */
export function withQuickDecoder<S extends z.core.$ZodType>(schema: S, decode: QuickDecoder<unknown> | undefined): S {
  if (decode) decoders.set(schema, decode);
  return schema;
}

/** The quick decoder of a schema, if it has one. */
export function quickDecoderOf<T>(schema: z.core.$ZodType<T>): QuickDecoder<T> | undefined {
  // withQuickDecoder took it for a schema of this type.
  return decoders.get(schema) as QuickDecoder<T> | undefined;
}
