import { Dialog } from '../../../ui/dialog/dialog.tsx';
import { Form } from '../../../ui/form/form.tsx';
import { formatCount } from '../../../ui/format/number.ts';

interface Props {
  /** Names of files that are there already. */
  readonly names: readonly string[];
  readonly onReplace: () => void;
  readonly onClose: () => void;
}

/** Asks before files are replaced by others of the same name. */
export function ReplaceDialog({ names, onReplace, onClose }: Props) {
  const replace = async () => {
    onClose();
    onReplace();
  };
  return (
    <Dialog title={`Replace ${formatCount(names.length, 'file')}?`} onClose={onClose}>
      <Form submitLabel="Replace" isDanger onSubmit={replace} onCancel={onClose}>
        <p>These are there already, and what is in them goes:</p>
        <ul>
          {names.map((name) => (
            <li key={name}>
              <code>{name}</code>
            </li>
          ))}
        </ul>
      </Form>
    </Dialog>
  );
}
