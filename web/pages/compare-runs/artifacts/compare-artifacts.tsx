import { useMemo } from 'react';
import type { Run } from '../../../api/runs.ts';
import { pairOf, pairSchema } from '../../../comparison/pair.ts';
import { PairChoice } from '../../../comparison/pair-choice.tsx';
import { Empty, Loading, Trouble } from '../../../ui/states/states.tsx';
import { listField, textField } from '../../../ui/url-state/url-state.ts';
import { useUrlState } from '../../../ui/url-state/use-url-state.ts';
import { folderOf, foldersAbove, treeNodes } from '../../run/artifacts/artifact-tree.ts';
import tree from '../../run/artifacts/artifacts.module.css';
import { TreeView } from '../../run/artifacts/tree-view.tsx';
import type { PartProps } from '../parts.tsx';
import { namesOf } from '../run-names.ts';
import { ArtifactSides, type Side } from './artifact-sides.tsx';
import styles from './compare-artifacts.module.css';
import { holdingText } from './union-levels.ts';
import { useUnionLevels } from './use-union-levels.ts';

const schema = { path: textField(), open: listField(), ...pairSchema } as const;

/** Each folder is asked of each run. */
const MOST_RUNS = 30;

/** The files of all compared runs in one tree, and a file of two of them side by side. */
export function CompareArtifacts({ runs }: PartProps) {
  const [{ path, open, left: chosenLeft, right: chosenRight }, change] = useUrlState(schema);
  const names = useMemo(() => namesOf(runs), [runs]);
  const listed = useMemo(() => {
    const isChosen = ({ runId }: Run): boolean => runId === chosenLeft || runId === chosenRight;
    return [...runs.filter(isChosen), ...runs.filter((run) => !isChosen(run))].slice(0, MOST_RUNS);
  }, [runs, chosenLeft, chosenRight]);
  const openFolders = useMemo(() => [...new Set([...foldersAbove(path), ...open])], [path, open]);
  const levels = useUnionLevels(
    listed,
    useMemo(() => ['', ...openFolders], [openFolders]),
  );
  const nodes = useMemo(() => treeNodes(levels.byFolder, new Set(openFolders)), [levels.byFolder, openFolders]);
  const artifact = levels.byFolder.get(folderOf(path))?.find((each) => each.path === path);
  const holders = levels.holders.get(path);
  const [left, right] = pairOf(
    [...names.keys()],
    { left: chosenLeft, right: chosenRight },
    (runId) => holders?.has(runId) ?? true,
  );
  const fold = (folder: string, isOpen: boolean) => {
    const others = openFolders.filter((each) => each !== folder);
    // What is chosen inside a folder that closes goes out of sight, and out of the link.
    const isInside = !isOpen && path.startsWith(`${folder}/`);
    change({ open: isOpen ? [...others, folder] : others, ...(isInside ? { path: folder } : {}) }, 'replace');
  };
  const sideOf = (place: Side['place'], runId: string): Side => ({
    place,
    runId,
    name: names.get(runId) ?? runId,
    artifact: holders?.get(runId),
  });
  const root = levels.byFolder.get('');
  if (levels.error !== null)
    return <Trouble title="The artifacts cannot be shown" error={levels.error} onRetry={levels.refetch} />;
  if (root === undefined || (root.length === 0 && levels.isPending)) return <Loading what="the artifacts" />;
  if (root.length === 0) {
    return (
      <Empty title="None of these runs has files">
        <p>What a run logs as an artifact can be laid beside that of another here.</p>
      </Empty>
    );
  }
  return (
    <div className={tree.artifacts}>
      <div className={tree.side}>
        {listed.length < runs.length && (
          <p className={styles.note}>
            The files of {listed.length} of {runs.length} runs.
          </p>
        )}
        <TreeView nodes={nodes} selectedPath={path} onSelect={(next) => change({ path: next })} onFold={fold} />
      </div>
      <section className={tree.pane} aria-label={path === '' ? 'All artifacts' : path}>
        <header className={tree.paneHeader}>
          <h2 className={tree.paneTitle}>{path === '' ? 'All artifacts' : path}</h2>
          {holders && !levels.isPending && (
            <span className={styles.holding}>
              {holdingText(new Map(listed.map(({ runId }) => [runId, names.get(runId) ?? runId])), holders)}
            </span>
          )}
          <span className={tree.paneTools}>
            <PairChoice what="run" names={names} left={left} right={right} onChange={(pair) => change(pair)} />
          </span>
        </header>
        {path === '' || artifact?.isFolder ? (
          <p className={tree.hint}>Choose a file to lay that of one run beside that of another.</p>
        ) : levels.isPending ? (
          <Loading what="the file" />
        ) : artifact === undefined ? (
          <Empty title="There is no such file in these runs">
            <p>
              <code>{path}</code> may have been deleted, or the link may be of other runs.
            </p>
          </Empty>
        ) : (
          <ArtifactSides
            key={`${path} ${left} ${right}`}
            path={path}
            sides={[sideOf('left', left), sideOf('right', right)]}
          />
        )}
      </section>
    </div>
  );
}
