/** Where the pointer is among all charts: at which x, and at whose line. */
export interface CrosshairState {
  readonly x: number | undefined;
  /** The line that stands out, in every chart; from a chart or from the legend. */
  readonly lineId: string | undefined;
  /** The chart that has the pointer: the others follow it. */
  readonly source: object | undefined;
}

const NOWHERE: CrosshairState = { x: undefined, lineId: undefined, source: undefined };

let state = NOWHERE;
const listeners = new Set<() => void>();

/** The crosshair of the page. It moves with each move of the mouse, so charts follow it without being drawn by React. */
export const crosshair = {
  state: (): CrosshairState => state,
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  move: (next: CrosshairState): void => {
    state = next;
    for (const listener of listeners) listener();
  },
  leave: (): void => crosshair.move(NOWHERE),
} as const;
