import { cpus } from 'node:os';

/** What was measured of a page in one round, by the name of the figure. */
export type Figures = Readonly<Record<string, number>>;

interface Report {
  /** By the name of the dashboard: ours first. */
  readonly measured: ReadonlyMap<string, readonly Figures[]>;
  readonly runs: number;
  readonly charted: number;
  readonly points: number;
  readonly rounds: number;
}

interface Row {
  readonly figure: string;
  readonly title: string;
}

/** The figures as a table in Markdown, with how many times better ours are. */
export function dashboardReport({ measured, runs, charted, points, rounds }: Report): string {
  const names = [...measured.keys()];
  const count = (value: number): string => Math.round(value).toLocaleString('en');
  const rows: readonly Row[] = [
    { figure: 'firstRowsMs', title: 'first rows, ms' },
    { figure: 'firstLoadBytes', title: 'bytes until then' },
    { figure: 'longestFrameMs', title: 'longest frame while scrolling, ms' },
    { figure: 'chartsMs', title: `${charted} curves drawn, ms` },
    { figure: 'heapBytes', title: 'heap after opening every page, bytes' },
  ];
  const lines = rows.map(({ figure, title }) => {
    const values = names.map((name) => medianOf(measured.get(name) ?? [], figure));
    const [ours, stock] = values;
    const ratio = ours === undefined || stock === undefined ? '' : (stock / ours).toFixed(1);
    return `| ${[title, ...values.map((value) => (value === undefined ? 'none' : count(value))), ratio].join(' | ')} |`;
  });
  const [{ model = 'unknown' } = {}] = cpus();
  return `# The dashboard beside MLflow's page

Written by \`bench/dashboard.ts\`, ${new Date().toISOString().slice(0, 10)}, on ${cpus().length} cores of ${model.trim()}: ${count(runs)} runs, and ${count(charted)} runs
of ${count(points)} points, the same data in both, in one Chromium, with nothing in its cache. Medians of ${rounds} rounds. How to repeat it: [README.md](README.md).

| | ${names.join(' | ')} | times |
| --- | ${names.map(() => '--:').join(' | ')} | --: |
${lines.join('\n')}

MLflow's page scrolls its first hundred rows; ours draws whatever of the 100,000 comes into view, 2,000 pixels with each turn of the wheel.
`;
}

function medianOf(rounds: readonly Figures[], figure: string): number | undefined {
  const values = rounds.flatMap((figures) => figures[figure] ?? []).toSorted((a, b) => a - b);
  return values[Math.floor(values.length / 2)];
}
