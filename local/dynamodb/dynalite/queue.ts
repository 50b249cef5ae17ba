/** Runs jobs one after the other, in the order in which they came; a failed one does not stop the next. */
export type Queue = <T>(job: () => Promise<T>) => Promise<T>;

/** A new, empty queue. */
export const createQueue = (): Queue => {
  let tail: Promise<unknown> = Promise.resolve();
  return (job) => {
    const result = tail.then(job);
    // Whoever gave the job gets its error; here it only has to end.
    tail = result.catch(() => undefined);
    return result;
  };
};
