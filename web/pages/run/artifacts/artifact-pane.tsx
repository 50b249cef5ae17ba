import { useMemo, useState } from 'react';
import { type Artifact, addressOf, type FileSource } from '../../../api/artifacts.ts';
import type { Run } from '../../../api/runs.ts';
import { FilePreview } from '../../../previews/file-preview.tsx';
import { nameOfPath } from '../../../previews/preview-kind.ts';
import { Button } from '../../../ui/button/button.tsx';
import type { Command } from '../../../ui/commands/command.ts';
import { CommandButton } from '../../../ui/commands/command-button.tsx';
import { copyText } from '../../../ui/copy/copy-text.ts';
import { formatCount } from '../../../ui/format/number.ts';
import { formatSize } from '../../../ui/format/size.ts';
import { Icon } from '../../../ui/icon/icon.tsx';
import rows from '../../../ui/rows/rows.module.css';
import { RegisterDialog } from '../../model/register-dialog.tsx';
import { artifactSnippet } from './artifact-snippet.ts';
import { joinPath } from './artifact-tree.ts';
import styles from './artifacts.module.css';

export interface ArtifactPaneProps {
  readonly run: Run;
  /** A file or a folder; undefined for the root. */
  readonly artifact: Artifact | undefined;
  /** What lies in the folder; undefined for a file and while it is read. */
  readonly inside: readonly Artifact[] | undefined;
}

/** What was chosen in the tree: a file with what is in it, or a folder. */
export function ArtifactPane({ run, artifact, inside }: ArtifactPaneProps) {
  const [isRegistering, setRegistering] = useState(false);
  const path = artifact?.path ?? '';
  const isFile = artifact !== undefined && !artifact.isFolder;
  const isModel = inside?.some((each) => each.path === joinPath(path, 'MLmodel')) ?? false;
  const source = useMemo((): FileSource => ({ kind: 'run', runId: run.runId, path }), [run.runId, path]);
  const commands: readonly Command[] = [
    {
      id: 'path',
      title: 'Copy path',
      icon: 'copy',
      run: () => void copyText(path === '' ? run.artifactUri : path, 'the path'),
    },
    {
      id: 'python',
      title: 'Copy as Python',
      icon: 'code',
      run: () => void copyText(artifactSnippet(window.location.origin, run.runId, path), 'the lines of Python'),
    },
  ];
  return (
    <section className={styles.pane} aria-label={path === '' ? 'All artifacts' : path}>
      <header className={styles.paneHeader}>
        <h2 className={styles.paneTitle} title={path}>
          {path === '' ? 'All artifacts' : nameOfPath(path)}
        </h2>
        <span className={rows.aside}>{isFile ? formatSize(artifact.sizeBytes) : inside && summaryOf(inside)}</span>
        <span className={styles.paneTools}>
          {commands.map((command) => (
            <CommandButton key={command.id} command={command} look="quiet" />
          ))}
          {isModel && path !== '' && (
            <Button icon="tag" onClick={() => setRegistering(true)} disabled={run.stage === 'deleted'}>
              Register model
            </Button>
          )}
          {isFile && (
            <a className={styles.download} href={addressOf(source)} download={nameOfPath(path)}>
              <Icon name="download" />
              Download
            </a>
          )}
        </span>
      </header>
      {isFile ? (
        <FilePreview key={path} source={source} sizeBytes={artifact.sizeBytes} />
      ) : (
        <p className={styles.hint}>
          {isModel
            ? 'This folder is a model: MLmodel in it tells what it takes and gives.'
            : 'Choose a file to see what is in it.'}{' '}
          Drop files here to add them{path !== '' && ` to ${path}`}.
        </p>
      )}
      {isRegistering && <RegisterDialog run={run} chosenFolder={path} onClose={() => setRegistering(false)} />}
    </section>
  );
}

function summaryOf(inside: readonly Artifact[]): string {
  const files = inside.filter(({ isFolder }) => !isFolder);
  const folders = inside.length - files.length;
  const bytes = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const parts = [
    folders > 0 ? formatCount(folders, 'folder') : '',
    files.length > 0 ? `${formatCount(files.length, 'file')} of ${formatSize(bytes)}` : '',
  ];
  return parts.filter(Boolean).join(', ') || 'empty';
}
