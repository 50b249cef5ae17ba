import { formatNumber } from './number.ts';

/** A number in few digits; all of them show on hover. */
export function NumberText({ value }: { readonly value: number }) {
  return <span title={String(value)}>{formatNumber(value)}</span>;
}
