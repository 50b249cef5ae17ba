import { useState } from 'react';
import { Dialog } from '../dialog/dialog.tsx';
import { TextArea } from '../form/field.tsx';
import { Form } from '../form/form.tsx';
import { Markdown } from './markdown.tsx';

interface Props {
  readonly title: string;
  readonly note: string;
  readonly onSave: (note: string) => Promise<void>;
  readonly onClose: () => void;
}

/** A note to write in Markdown, and below it how it will look. */
export function NoteDialog({ title, note, onSave, onClose }: Props) {
  const [text, setText] = useState(note);
  const submit = async () => {
    await onSave(text);
    onClose();
  };
  return (
    <Dialog title={title} onClose={onClose} size="large">
      <Form submitLabel="Save" onSubmit={submit} onCancel={onClose}>
        <TextArea label="Note, in Markdown" autoFocus value={text} onChange={(event) => setText(event.target.value)} />
        {text.trim() !== '' && <Markdown text={text} />}
      </Form>
    </Dialog>
  );
}
