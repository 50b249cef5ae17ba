import { Fragment, useMemo, useState } from 'react';
import { Button } from '../ui/button/button.tsx';
import { classes } from '../ui/classes.ts';
import { formatCount } from '../ui/format/number.ts';
import { changedWords, partnersOf } from './changed-words.ts';
import styles from './diff.module.css';
import { type DiffLine, type DiffPiece, diffLines, foldSame, MOST_EDITS } from './diff-lines.ts';

const LINES_AROUND = 3;
/** Lines that are drawn without being asked for. */
const FIRST_LINES = 1_000;
/** Of a line: minified files have one. */
const MOST_SIGNS = 4_000;

interface Side {
  readonly name: string;
  readonly text: string;
}

interface Props {
  /** What a screen reader calls it. */
  readonly label: string;
  readonly left: Side;
  readonly right: Side;
}

/** What has to be removed from one text and added to it to make the other. */
export function DiffView({ label, left, right }: Props) {
  const diff = useMemo(() => diffLines(left.text, right.text), [left.text, right.text]);
  const pieces = useMemo(() => foldSame(diff.lines, LINES_AROUND), [diff]);
  const partners = useMemo(() => partnersOf(diff.lines), [diff]);
  const [unfolded, setUnfolded] = useState<ReadonlySet<DiffPiece>>(new Set());
  const [most, setMost] = useState(FIRST_LINES);
  const changes = diff.removedCount + diff.addedCount;
  if (changes === 0) {
    return (
      <p className={styles.note}>
        {left.text === right.text ? 'There is no difference.' : 'Only the ends of lines differ.'}
      </p>
    );
  }
  const shown = shownPieces(pieces, unfolded, most);
  const drawn = shown.reduce((sum, { kind, lines }) => sum + (kind === 'lines' ? lines.length : 0), 0);
  return (
    <>
      <p className={styles.note} role="status">
        <span className={styles.removedName}>
          − {formatCount(diff.removedCount, 'line')} only in {left.name}
        </span>
        <span className={styles.addedName}>
          + {formatCount(diff.addedCount, 'line')} only in {right.name}
        </span>
        {diff.isCoarse && (
          <span>
            They differ in more than {MOST_EDITS.toLocaleString('en-US')} lines: what lies between their common
            beginning and end is shown as replaced.
          </span>
        )}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <div className={styles.scroller} tabIndex={0}>
        <table className={styles.diff} aria-label={label}>
          <tbody>
            {shown.map((piece) =>
              piece.kind === 'lines' ? (
                piece.lines.map((line) => <Line key={keyOf(line)} line={line} partner={partners.get(line)} />)
              ) : (
                <tr key={piece.lines[0] && keyOf(piece.lines[0])} className={styles.folded}>
                  <td colSpan={4}>
                    <Button look="quiet" onClick={() => setUnfolded(new Set([...unfolded, piece.own]))}>
                      Show {formatCount(piece.lines.length, 'equal line')}
                    </Button>
                  </td>
                </tr>
              ),
            )}
          </tbody>
        </table>
        {drawn >= most && (
          <p className={styles.note}>
            The first {most.toLocaleString('en-US')} lines.
            <Button onClick={() => setMost(most + FIRST_LINES)}>Show more</Button>
          </p>
        )}
      </div>
    </>
  );
}

interface ShownPiece {
  readonly kind: DiffPiece['kind'];
  readonly lines: readonly DiffLine[];
  readonly own: DiffPiece;
}

/** The pieces with what was unfolded, down to the last line that is drawn. */
function shownPieces(
  pieces: readonly DiffPiece[],
  unfolded: ReadonlySet<DiffPiece>,
  most: number,
): readonly ShownPiece[] {
  let left = most;
  return pieces.flatMap((own) => {
    const kind = unfolded.has(own) ? 'lines' : own.kind;
    if (left <= 0) return [];
    const lines = kind === 'lines' ? own.lines.slice(0, left) : own.lines;
    if (kind === 'lines') left -= lines.length;
    return [{ kind, lines, own }];
  });
}

const keyOf = (line: DiffLine): string =>
  line.kind === 'added' ? `+${line.right}` : line.kind === 'removed' ? `-${line.left}` : `=${line.left}`;

interface LineProps {
  readonly line: DiffLine;
  /** What stands in its place on the other side. */
  readonly partner: DiffLine | undefined;
}

function Line({ line, partner }: LineProps) {
  const { kind } = line;
  return (
    <tr className={classes(kind !== 'same' && styles[kind])}>
      <td className={styles.number}>{kind !== 'added' && line.left}</td>
      <td className={styles.number}>{kind !== 'removed' && line.right}</td>
      <td className={styles.sign}>{SIGNS[kind]}</td>
      <td className={styles.text}>
        {kind === 'removed' ? (
          <del>
            <Words line={line} partner={partner} />
          </del>
        ) : kind === 'added' ? (
          <ins>
            <Words line={line} partner={partner} />
          </ins>
        ) : (
          cut(line.text)
        )}
      </td>
    </tr>
  );
}

/** A line with the words marked that its partner has not. */
function Words({ line, partner }: LineProps) {
  const pieces = useMemo(() => partner && changedWords(line.text, partner.text), [line, partner]);
  if (pieces === undefined) return cut(line.text);
  return pieces.map(({ at, text, isChanged }) =>
    isChanged ? <mark key={at}>{text}</mark> : <Fragment key={at}>{text}</Fragment>,
  );
}

function cut(text: string): string {
  const rest = text.length - MOST_SIGNS;
  return rest > 0 ? `${text.slice(0, MOST_SIGNS)} … ${formatCount(rest, 'sign')} more` : text;
}

const SIGNS: Readonly<Record<DiffLine['kind'], string>> = { same: '', removed: '−', added: '+' };
