import { type ComponentType, type ReactNode, useLayoutEffect, useState } from 'react';

const drawNothing = (): ReactNode => null;

/**
 * A component whose code is loaded when it is first drawn; until then `drawWaiting` draws in its place. Throws into the error
 * boundary around it when the code cannot be loaded, and asks for it anew the next time. Not React.lazy: what follows on a
 * fallback of Suspense is held back for up to 300 ms (React: FALLBACK_THROTTLE_MS), be it there or not.
 */
export function late<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  drawWaiting: (props: Props) => ReactNode = drawNothing,
): ComponentType<Props> {
  let Loaded: ComponentType<Props> | undefined;
  // biome-ignore lint/correctness/noComponentHookFactories: called once for a component, at the level of a module, as React.lazy is.
  return function Late(props: Props) {
    const [{ error }, ended] = useState<Ending>({});
    useLayoutEffect(() => {
      if (Loaded !== undefined) return;
      load().then(
        (component) => {
          Loaded = component;
          ended({});
        },
        (reason: unknown) => ended({ error: reason }),
      );
    }, []);
    if (error !== undefined) throw error;
    return Loaded === undefined ? drawWaiting(props) : <Loaded {...props} />;
  };
}

/** How loading ended: in an error, or well. */
interface Ending {
  readonly error?: unknown;
}
