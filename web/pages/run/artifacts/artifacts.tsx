import { type DragEvent, useMemo, useRef, useState } from 'react';
import { Button } from '../../../ui/button/button.tsx';
import { classes } from '../../../ui/classes.ts';
import type { Command } from '../../../ui/commands/command.ts';
import { useCommands } from '../../../ui/commands/use-commands.ts';
import { CodeBlock } from '../../../ui/copy/code-block.tsx';
import { Empty, Loading, Trouble } from '../../../ui/states/states.tsx';
import { listField, textField } from '../../../ui/url-state/url-state.ts';
import { useUrlState } from '../../../ui/url-state/use-url-state.ts';
import type { TabProps } from '../tabs.tsx';
import { ArtifactPane, type ArtifactPaneProps } from './artifact-pane.tsx';
import { folderOf, foldersAbove, joinPath, treeNodes } from './artifact-tree.ts';
import styles from './artifacts.module.css';
import { ReplaceDialog } from './replace-dialog.tsx';
import { TreeView } from './tree-view.tsx';
import { UploadList } from './upload-list.tsx';
import { useLevels } from './use-levels.ts';
import { useUploads } from './use-uploads.ts';

const schema = { path: textField(), open: listField() } as const;

interface Waiting {
  readonly files: readonly File[];
  readonly names: readonly string[];
}

/** The files of a run: a tree that is read as it is opened, what is in a file, and files to be added. */
export function Artifacts({ run }: TabProps) {
  const [{ path, open }, change] = useUrlState(schema);
  // A link names a file; the folders around it lie open.
  const openFolders = useMemo(() => [...new Set([...foldersAbove(path), ...open])], [path, open]);
  const isLive = run.status === 'RUNNING';
  const levels = useLevels(run.runId, openFolders, isLive);
  const nodes = useMemo(() => treeNodes(levels.byFolder, new Set(openFolders)), [levels.byFolder, openFolders]);
  const artifact = levels.byFolder.get(folderOf(path))?.find((each) => each.path === path);
  // The folder that is shown is read, too, whether or not it lies open in the tree.
  const chosen = useLevels(run.runId, artifact?.isFolder ? [path] : NONE, isLive);
  const folder = path === '' || artifact?.isFolder ? path : folderOf(path);
  const uploads = useUploads(run.runId);
  const picker = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const [waiting, setWaiting] = useState<Waiting>();
  const inTrash = run.stage === 'deleted' ? 'Restore the run first' : undefined;
  const commands = useMemo<readonly Command[]>(
    () => [
      {
        id: 'upload',
        title: 'Upload files',
        shortcut: 'u',
        disabledReason: inTrash,
        run: () => picker.current?.click(),
      },
    ],
    [inTrash],
  );
  useCommands('Artifacts', commands);

  const add = (files: readonly File[]) => {
    const level = chosen.byFolder.get(folder) ?? levels.byFolder.get(folder);
    const there = new Set(level?.map((each) => each.path));
    const names = files.map(({ name }) => joinPath(folder, name)).filter((name) => there.has(name));
    if (names.length > 0) setWaiting({ files, names });
    else if (files.length > 0) uploads.send(folder, files);
  };
  const fold = (folderPath: string, isOpen: boolean) => {
    const others = openFolders.filter((each) => each !== folderPath);
    // What is chosen inside a folder that closes goes out of sight, and out of the link.
    const isInside = !isOpen && path.startsWith(`${folderPath}/`);
    change({ open: isOpen ? [...others, folderPath] : others, ...(isInside ? { path: folderPath } : {}) }, 'replace');
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    if (inTrash === undefined) add([...event.dataTransfer.files]);
  };
  const root = levels.byFolder.get('');
  if (root === undefined && levels.error !== null)
    return <Trouble title="The artifacts cannot be shown" error={levels.error} onRetry={levels.refetch} />;
  if (root === undefined) return <Loading what="the artifacts" />;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: files are dropped on it; the button does the same for a keyboard.
    <div
      className={classes(styles.artifacts, isOver && styles.over)}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => event.currentTarget === event.target && setOver(false)}
      onDrop={drop}
    >
      <div className={styles.side}>
        <div className={styles.sideTools}>
          <Button
            icon="upload"
            onClick={() => picker.current?.click()}
            disabled={inTrash !== undefined}
            title={inTrash ?? `Upload into ${folder || 'the root'}. Shortcut: u`}
          >
            Upload files
          </Button>
          <input
            ref={picker}
            type="file"
            multiple
            hidden
            aria-label="Files to upload"
            onChange={({ currentTarget }) => {
              add([...(currentTarget.files ?? [])]);
              // The same file can be chosen again.
              currentTarget.value = '';
            }}
          />
          {path !== '' && (
            <Button look="quiet" onClick={() => change({ path: '' })}>
              All artifacts
            </Button>
          )}
        </div>
        <UploadList uploads={uploads} />
        {root.length > 0 && (
          <TreeView nodes={nodes} selectedPath={path} onSelect={(next) => change({ path: next })} onFold={fold} />
        )}
        {levels.error !== null && (
          <Trouble title="A folder cannot be shown" error={levels.error} onRetry={levels.refetch} />
        )}
      </div>
      {root.length === 0 ? (
        <Empty title="This run has no files yet">
          <p>Log one from Python, or drop files here:</p>
          <CodeBlock what="the line of Python" code={'mlflow.log_artifact("report.html")'} />
        </Empty>
      ) : (
        <ShownPane
          run={run}
          path={path}
          artifact={artifact}
          inside={chosen.byFolder.get(path)}
          isRead={levels.byFolder.has(folderOf(path))}
        />
      )}
      {waiting && (
        <ReplaceDialog
          names={waiting.names}
          onReplace={() => uploads.send(folder, waiting.files)}
          onClose={() => setWaiting(undefined)}
        />
      )}
    </div>
  );
}

const NONE: readonly string[] = [];

interface ShownProps extends ArtifactPaneProps {
  readonly path: string;
  /** Whether the folder that the path lies in has been read. */
  readonly isRead: boolean;
}

function ShownPane({ path, isRead, ...pane }: ShownProps) {
  if (path === '' || pane.artifact !== undefined) return <ArtifactPane {...pane} />;
  if (!isRead) return <Loading what="the file" />;
  return (
    <Empty title="There is no such file in this run">
      <p>
        <code>{path}</code> may have been deleted, or the link may be of another run.
      </p>
    </Empty>
  );
}
