/** Counts the calls of a function that are under way: `settled` resolves when there are none. */
export const holdOpen = <Input, Output>(
  call: (input: Input) => Promise<Output>,
): { readonly run: (input: Input) => Promise<Output>; readonly settled: () => Promise<void> } => {
  const underWay = new Set<Promise<Output>>();
  return {
    run: (input) => {
      const promise = call(input);
      underWay.add(promise);
      const forget = (): void => void underWay.delete(promise);
      promise.then(forget, forget);
      return promise;
    },
    settled: async () => {
      while (underWay.size > 0) await Promise.allSettled(underWay);
    },
  };
};
