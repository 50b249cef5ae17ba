import { total } from './counts.js';

/** The table of all parts, one line each. */
export function table(results) {
  const head = { name: 'part', passed: 'passed', failed: 'failed', skipped: 'skipped', seconds: 'seconds', note: '' };
  const rows = [head, ...results].map((row) => ({ ...row, note: row.note ?? '' }));
  const width = (key) => Math.max(...rows.map((row) => String(row[key]).length));
  const line = (row) =>
    [
      String(row.name).padEnd(width('name')),
      ...['passed', 'failed', 'skipped', 'seconds'].map((key) => String(row[key]).padStart(width(key))),
      row.note,
    ].join('  ');
  return rows.map((row) => line(row).trimEnd()).join('\n');
}

/** The closing line that people and machines read. */
export function closingLine(results) {
  const { passed, failed, skipped } = total(results);
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
