/** The rest is for the requests under way, the code, and what a search makes of the columns. */
const SHARE = 0.4;
const BYTES_PER_MB = 2 ** 20;

/** How many bytes of archived columns a function keeps, by the memory that Lambda says it has. Throws when it does not say. */
export function cacheBytesOnAws(env: Readonly<Record<string, string | undefined>>): number {
  const memoryMb = Number(env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE);
  if (!(memoryMb > 0)) throw new Error('environment variable AWS_LAMBDA_FUNCTION_MEMORY_SIZE is missing');
  return Math.floor(memoryMb * BYTES_PER_MB * SHARE);
}
