import { Link } from 'wouter';
import { type Artifact, addressOf } from '../../../api/artifacts.ts';
import { FilePreview } from '../../../previews/file-preview.tsx';
import { nameOfPath, type PreviewKind, previewKindOf } from '../../../previews/preview-kind.ts';
import { links } from '../../../routes/links.ts';
import { formatSize } from '../../../ui/format/size.ts';
import styles from './compare-artifacts.module.css';
import { FileDiff } from './file-diff.tsx';

/** A run with what it has at the path; undefined when it has nothing there. */
export interface Side {
  readonly place: 'left' | 'right';
  readonly runId: string;
  readonly name: string;
  readonly artifact: Artifact | undefined;
}

interface Props {
  readonly path: string;
  readonly sides: readonly Side[];
}

/** Files that are read line by line. */
const WRITTEN: ReadonlySet<PreviewKind> = new Set([
  'geo',
  'html',
  'json',
  'markdown',
  'mlmodel',
  'notebook',
  'table',
  'text',
]);

/** A file of two runs: texts as what differs, pictures beside each other, of others how large they are and where to get them. */
export function ArtifactSides({ path, sides }: Props) {
  const kind = previewKindOf(path);
  const [left, right] = sides.filter(({ artifact }) => artifact !== undefined && !artifact.isFolder);
  const isDiff = WRITTEN.has(kind) && left !== undefined && right !== undefined;
  if (isDiff) {
    return (
      <>
        <div className={styles.sides}>
          {sides.map((side) => (
            <SideHeading key={side.place} path={path} side={side} />
          ))}
        </div>
        <FileDiff path={path} kind={kind} left={left} right={right} />
      </>
    );
  }
  const isShown = kind === 'image' || WRITTEN.has(kind);
  return (
    <div className={styles.pictures}>
      {sides.map((side) => (
        <section key={side.place} aria-label={`${nameOfPath(path)} of ${side.name}`}>
          <SideHeading path={path} side={side} />
          {isShown && side.artifact && !side.artifact.isFolder && (
            <FilePreview source={{ kind: 'run', runId: side.runId, path }} sizeBytes={side.artifact.sizeBytes} />
          )}
        </section>
      ))}
    </div>
  );
}

function SideHeading({ path, side: { runId, name, artifact } }: { readonly path: string; readonly side: Side }) {
  if (artifact === undefined || artifact.isFolder) {
    return (
      <p className={styles.heading}>
        <strong>{name}</strong> {artifact === undefined ? 'has no such file' : 'has a folder there'}
      </p>
    );
  }
  return (
    <p className={styles.heading}>
      <Link href={links.artifact(runId, path)}>{name}</Link>
      <span className={styles.size}>{formatSize(artifact.sizeBytes)}</span>
      <a href={addressOf({ kind: 'run', runId, path })} download={nameOfPath(path)} aria-label={`Download of ${name}`}>
        Download
      </a>
    </p>
  );
}
