import type { Run } from '../../api/runs.ts';
import { isOwnTag } from '../../ui/tags/own-tag.ts';
import { KEYED_KINDS, type KeyedKind } from './column-id.ts';

type Keys = Readonly<Record<KeyedKind, readonly string[]>>;

/** The keys that the runs of a view have, each list in its order; where they come from is nobody else's business. */
export interface KeyCatalogue extends Keys {
  /** The tags that MLflow sets by itself; `tag` has the others. */
  readonly mlflowTag: readonly string[];
}

const NO_KEYS: KeyCatalogue = { metric: [], param: [], tag: [], mlflowTag: [] };

/** Collects keys as runs come in; asking it twice for the same runs costs nothing. */
export class KeyCollector {
  readonly #seen = new WeakSet<Run>();
  readonly #keys = { metric: new Set<string>(), param: new Set<string>(), tag: new Set<string>() };
  #catalogue: KeyCatalogue = NO_KEYS;

  /** The keys of all runs ever given; the same object as long as none is new. */
  add(runs: readonly Run[]): KeyCatalogue {
    const before = this.#count();
    for (const run of runs) this.#addRun(run);
    return this.#renewedSince(before);
  }

  /** As `add`, of keys that the server tells. */
  addKeys(keys: Keys): KeyCatalogue {
    const before = this.#count();
    for (const key of keys.metric) this.#keys.metric.add(key);
    for (const key of keys.param) this.#keys.param.add(key);
    for (const key of keys.tag) this.#keys.tag.add(key);
    return this.#renewedSince(before);
  }

  #renewedSince(before: number): KeyCatalogue {
    if (this.#count() === before) return this.#catalogue;
    const { metric, param, tag } = this.#keys;
    const tags = [...tag].sort();
    this.#catalogue = {
      metric: [...metric].sort(),
      param: [...param].sort(),
      tag: tags.filter((key) => !isOwnTag(key)),
      mlflowTag: tags.filter(isOwnTag),
    };
    return this.#catalogue;
  }

  #addRun(run: Run): void {
    if (this.#seen.has(run)) return;
    this.#seen.add(run);
    for (const key of run.metrics.keys()) this.#keys.metric.add(key);
    for (const key of run.params.keys()) this.#keys.param.add(key);
    for (const key of run.tags.keys()) this.#keys.tag.add(key);
  }

  #count(): number {
    const { metric, param, tag } = this.#keys;
    return metric.size + param.size + tag.size;
  }
}

/** The columns of all keys, MLflow's own tags last. */
export const columnsOfKeys = (keys: KeyCatalogue): readonly KeyColumn[] => [
  ...KEYED_KINDS.flatMap((kind) => keys[kind].map((key): KeyColumn => ({ kind, key }))),
  ...keys.mlflowTag.map((key): KeyColumn => ({ kind: 'tag', key })),
];

interface KeyColumn {
  readonly kind: KeyedKind;
  readonly key: string;
}
