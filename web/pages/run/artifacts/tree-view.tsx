import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { nameOfPath } from '../../../previews/preview-kind.ts';
import { classes } from '../../../ui/classes.ts';
import { formatSize } from '../../../ui/format/size.ts';
import { Icon } from '../../../ui/icon/icon.tsx';
import rows from '../../../ui/rows/rows.module.css';
import type { TreeNode } from './artifact-tree.ts';
import styles from './artifacts.module.css';
import { actOfKey } from './tree-keys.ts';

const ROW_HEIGHT = 28;
const INDENT = 16;
const ROWS_AROUND = 20;

interface Props {
  readonly nodes: readonly TreeNode[];
  readonly selectedPath: string;
  readonly onSelect: (path: string) => void;
  readonly onFold: (path: string, isOpen: boolean) => void;
}

/** Files and folders; arrows move, open and close, Enter chooses. Only what is in view is drawn. */
export function TreeView({ nodes, selectedPath, onSelect, onFold }: Props) {
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [activePath, setActivePath] = useState<string>();
  const active = nodes.findIndex(({ artifact }) => artifact.path === (activePath ?? selectedPath));
  const virtualizer = useVirtualizer({
    count: nodes.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: ROWS_AROUND,
  });
  const move = (index: number): void => {
    const to = Math.max(0, Math.min(nodes.length - 1, index));
    setActivePath(nodes[to]?.artifact.path);
    virtualizer.scrollToIndex(to);
  };
  const choose = ({ artifact, isOpen }: TreeNode): void => {
    setActivePath(artifact.path);
    onSelect(artifact.path);
    if (artifact.isFolder) onFold(artifact.path, !isOpen);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const act = actOfKey(event.key, nodes, active);
    if (act === undefined) return;
    event.preventDefault();
    const node = nodes[act.index];
    if (act.kind === 'move') move(act.index);
    else if (node && act.kind === 'choose') choose(node);
    else if (node) onFold(node.artifact.path, act.kind === 'open');
  };
  return (
    <div
      ref={scroller}
      role="tree"
      aria-label="Artifacts"
      aria-activedescendant={active < 0 ? undefined : `${id}${active}`}
      tabIndex={0}
      className={styles.tree}
      onKeyDown={onKeyDown}
    >
      <div role="presentation" className={rows.sheet} style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const node = nodes[index];
          return (
            node && (
              <Line
                key={node.artifact.path}
                id={`${id}${index}`}
                node={node}
                top={start}
                isSelected={node.artifact.path === selectedPath}
                isActive={index === active}
                onChoose={choose}
              />
            )
          );
        })}
      </div>
    </div>
  );
}

interface LineProps {
  readonly id: string;
  readonly node: TreeNode;
  readonly top: number;
  readonly isSelected: boolean;
  readonly isActive: boolean;
  readonly onChoose: (node: TreeNode) => void;
}

function Line({ id, node, top, isSelected, isActive, onChoose }: LineProps) {
  const { artifact, level, isOpen, isLoading } = node;
  const { path, isFolder, sizeBytes } = artifact;
  return (
    // biome-ignore lint/a11y: an item of the tree, which has the focus and the keys.
    <div
      id={id}
      role="treeitem"
      aria-level={level}
      aria-selected={isSelected}
      aria-expanded={isFolder ? isOpen : undefined}
      className={classes(rows.row, styles.line, isSelected && styles.selected, isActive && styles.active)}
      style={{ transform: `translateY(${top}px)`, paddingLeft: 8 + (level - 1) * INDENT }}
      title={path}
      onClick={() => onChoose(node)}
    >
      <span className={styles.fold}>{isFolder && <Icon name={isOpen ? 'chevronDown' : 'chevronRight'} />}</span>
      <Icon name={isFolder ? 'folder' : 'file'} />
      <span className={rows.text}>{nameOfPath(path)}</span>
      <span className={rows.aside}>{isLoading ? '…' : !isFolder && formatSize(sizeBytes)}</span>
    </div>
  );
}
