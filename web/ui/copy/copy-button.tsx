import { IconButton } from '../button/button.tsx';
import { copyText } from './copy-text.ts';

interface Props {
  readonly text: string;
  /** What is copied, such as `the run id`. */
  readonly what: string;
}

/** Copies a text that stands beside it. */
export function CopyButton({ text, what }: Props) {
  return <IconButton icon="copy" label={`Copy ${what}`} onClick={() => void copyText(text, what)} />;
}
