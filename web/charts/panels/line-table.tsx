import { NumberText } from '../../ui/format/number-text.tsx';
import { factsOfLines } from '../maths/describe-lines.ts';
import type { Line } from '../maths/line.ts';
import { ColourDot } from './colour-dot.tsx';
import styles from './panels.module.css';

interface Props {
  readonly label: string;
  readonly lines: readonly Line[];
}

/** What a chart shows, in numbers. */
export function LineTable({ label, lines }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <div className={styles.scroller} tabIndex={0}>
      <table className={styles.table} aria-label={label}>
        <thead>
          <tr>
            {['Run', 'Last', 'Min', 'Max', 'Points'].map((title) => (
              <th key={title} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {factsOfLines(lines).map(({ id, label: name, last, least, greatest, count }) => (
            <tr key={id}>
              <th scope="row" title={name}>
                <ColourDot id={id} /> {name}
              </th>
              <ValueCell value={last} />
              <ValueCell value={least} />
              <ValueCell value={greatest} />
              <td>{count.toLocaleString('en-US')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const ValueCell = ({ value }: { readonly value: number | undefined }) => (
  <td>{value === undefined ? '–' : <NumberText value={value} />}</td>
);
