import { type DragEvent, useEffect, useMemo, useRef } from 'react';
import type { Command } from '../../ui/commands/command.ts';
import { moveBy, moveTo, withItem } from '../../ui/order/order.ts';
import type { ChangeState } from '../../ui/url-state/use-url-state.ts';
import type { chartsSchema } from '../charts-state.ts';

const DRAGGED = 'text/x-tracklet-chart';

/** The chart that was moved by its menu: it may be made anew at its place, and takes the focus there. */
let movedKey: string | undefined;

/** Where a chart stands: what its menu and a drag of its head do about it. */
export function usePlace(key: string, panels: readonly string[], change: ChangeState<typeof chartsSchema>) {
  const ref = useRef<HTMLElement>(null);
  const isChosen = panels.includes(key);
  useEffect(() => {
    if (movedKey !== key) return;
    movedKey = undefined;
    ref.current?.focus();
  });
  const commands = useMemo(() => commandsOf(key, panels, change), [key, panels, change]);
  const drag = {
    draggable: isChosen,
    onDragStart: (event: DragEvent) => event.dataTransfer.setData(DRAGGED, key),
    onDragOver: (event: DragEvent) => {
      if (isChosen && event.dataTransfer.types.includes(DRAGGED)) event.preventDefault();
    },
    onDrop: (event: DragEvent) => {
      const dragged = event.dataTransfer.getData(DRAGGED);
      if (isChosen && dragged !== '' && dragged !== key) change({ panels: moveTo(panels, dragged, key) });
    },
  } as const;
  return { ref, isChosen, commands, drag };
}

function commandsOf(
  key: string,
  panels: readonly string[],
  change: ChangeState<typeof chartsSchema>,
): readonly Command[] {
  const put = (next: readonly string[]) => () => {
    movedKey = key;
    change({ panels: next });
  };
  const at = panels.indexOf(key);
  if (at < 0) return [{ id: 'top', title: 'Put at the top', icon: 'up', run: put(withItem(panels, key, true)) }];
  return [
    {
      id: 'before',
      title: 'Move before',
      icon: 'chevronLeft',
      disabledReason: at === 0 ? 'It is the first' : undefined,
      run: put(moveBy(panels, key, -1)),
    },
    {
      id: 'behind',
      title: 'Move behind',
      icon: 'chevronRight',
      disabledReason: at === panels.length - 1 ? 'It is the last' : undefined,
      run: put(moveBy(panels, key, 1)),
    },
    { id: 'away', title: 'Take from the top', icon: 'down', run: put(withItem(panels, key, false)) },
  ];
}
