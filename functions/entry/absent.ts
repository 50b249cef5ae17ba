import type { SegmentFiles } from '../store/archive/segment-files.ts';
import type { OpenRegistry } from '../store/dynamo/registry.ts';

/**
 * Stands for what a function does without, because nothing that it serves asks for it: its code is then not in the bundle.
 * Whoever does ask gets an error that names it.
 */
export function absent<T extends object>(name: string): T {
  const fail = (): never => {
    throw new Error(`this function was started without its ${name}`);
  };
  // It has no member of a T: asking for any fails.
  return new Proxy<object>(fail, { get: fail }) as T;
}

export const noFiles = absent<SegmentFiles>('segment files');

export const noRegistry: OpenRegistry = () => absent('registry');
