import type { EngineName } from './engine.ts';

/** Whether the native engine can run here: its binary, or why it cannot. */
export type DynoxideFinding =
  | { readonly kind: 'found'; readonly binary: string }
  | { readonly kind: 'missing'; readonly why: string };

/** The engine to start, with the reason for the log. */
export type EngineChoice =
  | { readonly engine: 'dynoxide'; readonly binary: string; readonly why: string }
  | { readonly engine: 'dynalite'; readonly why: string };

/** What the choice rests on: the engine asked for, the engine whose data the folder holds, and the native engine's presence. */
export interface EngineFacts {
  readonly wanted: EngineName | undefined;
  readonly stored: EngineName | undefined;
  readonly dynoxide: DynoxideFinding;
}

/**
 * Chooses the engine: the one asked for, else the one that wrote the data folder, else the native one where it runs.
 * Throws when the native one is needed and missing, for another engine would show an empty store.
 */
export const chooseEngine = ({ wanted, stored, dynoxide }: EngineFacts): EngineChoice => {
  if (wanted) return choice(wanted, dynoxide, `it was asked for${unusedData(wanted, stored)}`);
  if (stored) return choice(stored, dynoxide, 'it wrote the data folder');
  if (dynoxide.kind === 'found') return choice('dynoxide', dynoxide, 'its binary runs here');
  return { engine: 'dynalite', why: dynoxide.why };
};

const choice = (engine: EngineName, dynoxide: DynoxideFinding, why: string): EngineChoice => {
  if (engine === 'dynalite') return { engine, why };
  if (dynoxide.kind === 'found') return { engine, binary: dynoxide.binary, why };
  throw new Error(`The DynamoDB engine dynoxide is needed, because ${why}, but ${dynoxide.why}`);
};

const unusedData = (wanted: EngineName, stored: EngineName | undefined): string =>
  stored && stored !== wanted ? ` (the data that ${stored} wrote to this folder stays unused)` : '';
