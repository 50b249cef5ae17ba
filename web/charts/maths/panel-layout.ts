/** Metrics whose names begin alike: `train/loss` and `train/accuracy`. */
export interface KeyGroup {
  /** What stands before the first slash, with it; `/` for names without one. No metric is called like that. */
  readonly id: string;
  readonly title: string;
  readonly keys: readonly string[];
}

const UNGROUPED = '/';
/** What somebody put at the top; no beginning of a name has two slashes. */
const CHOSEN = '//';
/** What MLflow's client logs of the machine (MLflow: system metrics). */
export const SYSTEM_PREFIX = 'system/';

interface Arrangement {
  /** Only keys that hold it, whatever its case. */
  readonly find: string;
  /** Keys that stand at the top, in this order. */
  readonly panels?: readonly string[];
  /** Whether all others stay away, as long as there are any at the top. */
  readonly only?: boolean;
}

/** The keys as they are shown: those at the top, then all others by their beginnings; those of the machine come last. */
export function arrangeKeys(
  keys: readonly string[],
  { find, panels = [], only = false }: Arrangement,
): readonly KeyGroup[] {
  const known = new Set(keys);
  const wanted = find.trim().toLowerCase();
  const chosen = panels.filter((key) => known.has(key));
  const shown = chosen.filter((key) => key.toLowerCase().includes(wanted));
  const top = shown.length > 0 ? [{ id: CHOSEN, title: 'Chosen', keys: shown }] : [];
  if (only && chosen.length > 0) return top;
  const isChosen = new Set(chosen);
  return [
    ...top,
    ...groupKeys(
      keys.filter((key) => !isChosen.has(key)),
      find,
    ),
  ];
}

/** The keys that hold a text, whatever its case, by their beginnings; those of the machine come last. */
export function groupKeys(keys: readonly string[], find: string): readonly KeyGroup[] {
  const wanted = find.trim().toLowerCase();
  const groups = new Map<string, string[]>();
  for (const key of keys) {
    if (!key.toLowerCase().includes(wanted)) continue;
    const id = key.slice(0, key.indexOf('/') + 1) || UNGROUPED;
    const group = groups.get(id);
    if (group === undefined) groups.set(id, [key]);
    else group.push(key);
  }
  return [...groups]
    .map(([id, members]) => ({ id, title: id === UNGROUPED ? 'Metrics' : id.slice(0, -1), keys: members }))
    .sort((a, b) => rankOf(a.id) - rankOf(b.id));
}

const rankOf = (id: string): number => (id === UNGROUPED ? 0 : id === SYSTEM_PREFIX ? 2 : 1);

/** A line of the list of panels, which is as high as it says, in CSS pixels. */
export type PanelRow =
  | { readonly kind: 'heading'; readonly group: KeyGroup; readonly isOpen: boolean; readonly height: number }
  | { readonly kind: 'panels'; readonly keys: readonly string[]; readonly height: number };

const HEADING_HEIGHT = 40;
const PANEL_HEIGHT = 300;
const FOLDED_PANEL_HEIGHT = 48;
const LEAST_PANEL_WIDTH = 340;

interface LayoutProps {
  readonly groups: readonly KeyGroup[];
  /** Ids of groups and keys of panels that are folded. */
  readonly folded: ReadonlySet<string>;
  readonly columns: number;
}

/** The rows of the list: a heading for each group, below it its panels, as many beside each other as there is room for. */
export function layOutPanels({ groups, folded, columns }: LayoutProps): readonly PanelRow[] {
  return groups.flatMap((group): readonly PanelRow[] => {
    const isOpen = !folded.has(group.id);
    const heading: PanelRow = { kind: 'heading', group, isOpen, height: HEADING_HEIGHT };
    return isOpen ? [heading, ...rowsOf(group.keys, folded, columns)] : [heading];
  });
}

function rowsOf(keys: readonly string[], folded: ReadonlySet<string>, columns: number): readonly PanelRow[] {
  return Array.from({ length: Math.ceil(keys.length / columns) }, (_, row) => {
    const members = keys.slice(row * columns, (row + 1) * columns);
    const isFolded = members.every((key) => folded.has(key));
    return { kind: 'panels', keys: members, height: isFolded ? FOLDED_PANEL_HEIGHT : PANEL_HEIGHT };
  });
}

/** How many panels stand beside each other in a width, in CSS pixels. */
export const columnsWithin = (width: number): number => Math.max(1, Math.floor(width / LEAST_PANEL_WIDTH));
