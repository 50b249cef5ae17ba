const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 15_000;
const HEALTH = '/health';

/** Whether the server answers; when it does not, when it is asked again. */
export type ConnectionState =
  | { readonly kind: 'connected' }
  | { readonly kind: 'lost'; readonly nextTryAt: number; readonly isTrying: boolean };

type Listener = () => void;

const CONNECTED: ConnectionState = { kind: 'connected' };

/**
 * Knows whether the server answers. When it is lost it is asked again after 1, 2, 4, 8 and then every 15 seconds, and at
 * once when the browser comes online; whoever waits for it hears when it is back.
 */
class Connection {
  #state: ConnectionState = CONNECTED;
  #waitMs = FIRST_WAIT_MS;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #listeners = new Set<Listener>();
  readonly #returnListeners = new Set<Listener>();

  readonly state = (): ConnectionState => this.#state;

  /** Hears each change of the state; gives back how to stop that. */
  readonly subscribe = (listener: Listener): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Hears when the server answers again; gives back how to stop that. */
  readonly onReturn = (listener: Listener): (() => void) => {
    this.#returnListeners.add(listener);
    return () => this.#returnListeners.delete(listener);
  };

  /** A request had no answer. */
  readonly lost = (): void => {
    if (this.#state.kind === 'lost') return;
    this.#waitMs = FIRST_WAIT_MS;
    this.#waitForNextTry();
  };

  /** A request had an answer, whatever it says. */
  readonly found = (): void => {
    if (this.#state.kind === 'connected') return;
    clearTimeout(this.#timer);
    this.#change(CONNECTED);
    for (const listener of this.#returnListeners) listener();
  };

  /** Asks now instead of later. */
  readonly tryNow = async (): Promise<void> => {
    if (this.#state.kind === 'connected') return;
    clearTimeout(this.#timer);
    this.#change({ ...this.#state, isTrying: true });
    try {
      await fetch(HEALTH, { cache: 'no-store' });
    } catch {
      // Still lost: that is the answer, and the banner shows it.
      this.#waitMs = Math.min(this.#waitMs * 2, LONGEST_WAIT_MS);
      this.#waitForNextTry();
      return;
    }
    this.found();
  };

  #waitForNextTry(): void {
    this.#timer = setTimeout(this.tryNow, this.#waitMs);
    this.#change({ kind: 'lost', nextTryAt: Date.now() + this.#waitMs, isTrying: false });
  }

  #change(state: ConnectionState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}

/** The one connection of this page. */
export const connection = new Connection();
