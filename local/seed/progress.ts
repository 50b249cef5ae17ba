/** What was written so far. */
export interface Written {
  readonly runs: number;
  readonly points: number;
}

const count = (value: number): string => Math.round(value).toLocaleString('en-US');

const rate = (value: number, seconds: number): string => count(seconds > 0 ? value / seconds : 0);

/** One line on how far it is, how fast it goes, and how long it will take. */
export function progressLine({ runs, points }: Written, total: number, seconds: number): string {
  const left = runs === 0 ? '' : `, ${duration(((total - runs) * seconds) / runs)} left`;
  return `${count(runs)} of ${count(total)} runs, ${rate(runs, seconds)} runs/s, ${rate(points, seconds)} points/s${left}`;
}

/** The last line: what was made, and how fast. */
export function summaryLine({ runs, points }: Written, seconds: number): string {
  const speed = `${rate(runs, seconds)} runs/s, ${rate(points, seconds)} points/s`;
  return `Seeded ${count(runs)} runs with ${count(points)} points in ${duration(seconds)}: ${speed}.`;
}

function duration(seconds: number): string {
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const minutes = Math.floor(seconds / 60);
  return `${minutes} min ${Math.round(seconds - minutes * 60)} s`;
}
