import { useState } from 'react';
import { Button } from '../../ui/button/button.tsx';
import { Markdown } from '../../ui/markdown/markdown.tsx';
import { NoteDialog } from '../../ui/markdown/note-dialog.tsx';
import { Nothing, Section } from '../../ui/page/section.tsx';
import styles from './model.module.css';

interface Props {
  /** What is described, such as `“iris”`. */
  readonly what: string;
  readonly text: string;
  readonly onSave: (text: string) => Promise<void>;
}

/** What people wrote about a model or a version, in Markdown. */
export function Description({ what, text, onSave }: Props) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Section
      title="Description"
      tools={
        <Button look="quiet" icon="edit" aria-label="Edit the description" onClick={() => setOpen(true)}>
          Edit
        </Button>
      }
    >
      {text.trim() === '' ? (
        <Nothing>What is it for, and what should nobody use it for? Markdown is understood.</Nothing>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        <div className={styles.written} tabIndex={0}>
          <Markdown text={text} />
        </div>
      )}
      {isOpen && (
        <NoteDialog title={`Description of ${what}`} note={text} onSave={onSave} onClose={() => setOpen(false)} />
      )}
    </Section>
  );
}
