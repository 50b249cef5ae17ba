/** The same verbs, but what they reject with goes through `translate`: no SDK error leaves the house. */
export function translateErrors<T extends object>(verbs: T, translate: (error: unknown) => unknown): T {
  const translated = Object.entries(verbs).map(([name, verb]) => [name, wrap(verb, translate)]);
  // The same names with functions of the same types.
  return Object.fromEntries(translated) as T;
}

function wrap(verb: unknown, translate: (error: unknown) => unknown): unknown {
  if (typeof verb !== 'function') return verb;
  return (...args: readonly unknown[]) => {
    const answer: unknown = verb(...args);
    if (!(answer instanceof Promise)) return answer;
    return answer.catch((error: unknown) => {
      throw translate(error);
    });
  };
}
