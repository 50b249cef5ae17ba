import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Link } from 'wouter';
import { sentenceOf } from '../../../api/api-error.ts';
import { queryKeys } from '../../../api/query-keys.ts';
import { createView, deleteView, listViews, type SavedView, updateView } from '../../../api/saved-views.ts';
import { links } from '../../../routes/links.ts';
import { Button, IconButton } from '../../../ui/button/button.tsx';
import { copyText } from '../../../ui/copy/copy-text.ts';
import { Dialog } from '../../../ui/dialog/dialog.tsx';
import { TextField } from '../../../ui/form/field.tsx';
import { Form } from '../../../ui/form/form.tsx';
import { TimeAgo } from '../../../ui/format/time-ago.tsx';
import { Trouble } from '../../../ui/states/states.tsx';
import { tell, tellTrouble } from '../../../ui/toasts/toast-store.ts';
import { pythonOfView, searchOfView } from './view-search.ts';
import styles from './views-dialog.module.css';

interface Props {
  readonly experimentIds: readonly string[];
  /** Those that are shown. */
  readonly columns: readonly string[];
  readonly onClose: () => void;
}

/** The saved views of one or several experiments: opens, saves, renames, shares and deletes them. */
export function ViewsDialog({ experimentIds, columns, onClose }: Props) {
  const client = useQueryClient();
  const [edited, setEdited] = useState<SavedView>();
  const { data, error, refetch } = useQuery({
    queryKey: queryKeys.savedViews(experimentIds),
    queryFn: ({ signal }) => listViews(experimentIds, signal),
  });
  const current = () => searchOfView(window.location.search, columns);
  const renew = () => client.invalidateQueries({ queryKey: queryKeys.savedViews(experimentIds) });
  /** What can be undone closes the dialog: the toast that offers it lies outside. */
  const change = async (act: () => Promise<object>, done: string, undo?: () => void) => {
    if (undo) onClose();
    try {
      await act();
      tell(done, undo && { label: 'Undo', run: undo });
    } catch (failure) {
      tellTrouble(sentenceOf(failure));
    }
    await renew();
  };
  const save = async (name: string, isShared: boolean) => {
    await createView(experimentIds, { name, isShared, search: current() });
    await renew();
    tell(`Saved the view “${name}”.`);
  };
  const actions: ViewActions = {
    onOpen: onClose,
    onEdit: setEdited,
    onShare: (view) =>
      void change(
        () => updateView(view.viewId, { isShared: !view.isShared }),
        view.isShared ? `“${view.name}” is yours alone now.` : `“${view.name}” is shared now.`,
      ),
    onReplace: (view) =>
      void change(
        () => updateView(view.viewId, { search: current() }),
        `“${view.name}” shows what you see now.`,
        () => void change(() => updateView(view.viewId, { search: view.search }), `“${view.name}” is as it was.`),
      ),
    onDelete: (view) =>
      void change(
        () => deleteView(view.viewId),
        `Deleted the view “${view.name}”.`,
        () => void change(() => createView(experimentIds, view), `“${view.name}” is back.`),
      ),
  };
  return (
    <Dialog title="Views" onClose={onClose} size="large">
      {error !== null && <Trouble title="The views cannot be shown" error={error} onRetry={() => void refetch()} />}
      {data?.length === 0 && (
        <p className={styles.none}>
          A view keeps the filter, order, columns and charts of this page under a name. None is saved yet.
        </p>
      )}
      {data !== undefined && data.length > 0 && (
        <ul className={styles.views} aria-label="Saved views">
          {data.map((view) =>
            view.viewId === edited?.viewId ? (
              <li key={view.viewId}>
                <RenameForm
                  view={view}
                  onDone={() => {
                    setEdited(undefined);
                    void renew();
                  }}
                />
              </li>
            ) : (
              <ViewItem key={view.viewId} view={view} experimentIds={experimentIds} {...actions} />
            ),
          )}
        </ul>
      )}
      <SaveForm onSave={save} onClose={onClose} />
    </Dialog>
  );
}

interface ViewActions {
  readonly onOpen: () => void;
  readonly onEdit: (view: SavedView) => void;
  readonly onShare: (view: SavedView) => void;
  readonly onReplace: (view: SavedView) => void;
  readonly onDelete: (view: SavedView) => void;
}

interface ItemProps extends ViewActions {
  readonly view: SavedView;
  readonly experimentIds: readonly string[];
}

function ViewItem({ view, experimentIds, onOpen, onEdit, onShare, onReplace, onDelete }: ItemProps) {
  const { viewId, name, owner, isShared, mayChange, lastUpdateTime } = view;
  const address = links.savedView(experimentIds, viewId);
  return (
    <li>
      <div className={styles.what}>
        <Link href={address} onClick={onOpen} className={styles.name} title={name}>
          {name}
        </Link>
        <span className={styles.facts}>
          {owner !== '' && `${owner} · `}
          {isShared ? 'shared' : 'private'} · <TimeAgo timeMs={lastUpdateTime} />
        </span>
      </div>
      <div className={styles.actions}>
        <IconButton
          icon="link"
          label={`Copy the link to ${name}`}
          onClick={() => void copyText(new URL(address, window.location.href).href, 'the link')}
        />
        <IconButton
          icon="code"
          label={`Copy ${name} as Python`}
          onClick={() =>
            void copyText(
              pythonOfView(window.location.origin, experimentIds, view.search, Date.now()),
              'the view as Python',
            )
          }
        />
        {mayChange && (
          <>
            <Button look="quiet" aria-pressed={isShared} aria-label={`Share ${name}`} onClick={() => onShare(view)}>
              Share
            </Button>
            <IconButton icon="refresh" label={`Let ${name} show what I see now`} onClick={() => onReplace(view)} />
            <IconButton icon="edit" label={`Rename ${name}`} onClick={() => onEdit(view)} />
            <IconButton icon="trash" label={`Delete ${name}`} onClick={() => onDelete(view)} />
          </>
        )}
      </div>
    </li>
  );
}

function RenameForm({ view, onDone }: { readonly view: SavedView; readonly onDone: () => void }) {
  const [name, setName] = useState(view.name);
  const rename = async () => {
    await updateView(view.viewId, { name: name.trim() });
    onDone();
  };
  return (
    <Form submitLabel="Rename" onSubmit={rename} onCancel={onDone}>
      <TextField label="New name" autoFocus required value={name} onChange={(event) => setName(event.target.value)} />
    </Form>
  );
}

interface SaveProps {
  readonly onSave: (name: string, isShared: boolean) => Promise<void>;
  readonly onClose: () => void;
}

function SaveForm({ onSave, onClose }: SaveProps): ReactNode {
  const [name, setName] = useState('');
  const [isShared, setShared] = useState(false);
  const submit = async () => {
    await onSave(name.trim(), isShared);
    setName('');
  };
  return (
    <Form submitLabel="Save this view" onSubmit={submit} onCancel={onClose}>
      <TextField
        label="Name of what you see now"
        required
        maxLength={250}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <label className={styles.check}>
        <input type="checkbox" checked={isShared} onChange={(event) => setShared(event.target.checked)} />
        Share it with everybody who may read what it shows
      </label>
    </Form>
  );
}
