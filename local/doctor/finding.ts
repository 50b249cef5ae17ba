/** What one look at a deployment found; a `note` is worth knowing, a `fault` is to be mended. */
export interface Finding {
  readonly kind: 'good' | 'note' | 'fault';
  /** What was looked at, in a word or three. */
  readonly subject: string;
  /** What was found and, of a fault, what to do. */
  readonly text: string;
}

type Maker = (subject: string, text: string) => Finding;

export const good: Maker = (subject, text) => ({ kind: 'good', subject, text });
export const note: Maker = (subject, text) => ({ kind: 'note', subject, text });
export const fault: Maker = (subject, text) => ({ kind: 'fault', subject, text });

const MARKS = { good: 'ok   ', note: 'note ', fault: 'FAULT' } as const;
const SUBJECT_WIDTH = 20;

/** A finding as a line. */
export const findingLine = ({ kind, subject, text }: Finding): string =>
  `${MARKS[kind]}  ${subject.padEnd(SUBJECT_WIDTH)}  ${text}`;
