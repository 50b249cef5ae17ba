const UNITS = ['B', 'KB', 'MB', 'GB', 'TB'] as const;
const STEP = 1_000;

/** How much a file holds: `512 B`, `1.5 KB`, `340 MB`; in powers of 1,000. */
export function formatSize(sizeBytes: number): string {
  const power = Math.min(UNITS.length - 1, sizeBytes < 1 ? 0 : Math.floor(Math.log10(sizeBytes) / 3));
  const amount = sizeBytes / STEP ** power;
  const digits = power === 0 || amount >= 100 ? 0 : 1;
  return `${amount.toFixed(digits).replace(/\.0$/, '')} ${UNITS[power]}`;
}
