import type { RefObject } from 'react';
import { sentenceOf } from '../../api/api-error.ts';
import { saveCsv, savePicture } from '../../ui/actions/save-picture.ts';
import type { Command } from '../../ui/commands/command.ts';
import { copyText } from '../../ui/copy/copy-text.ts';
import { MenuButton } from '../../ui/menu/menu-button.tsx';
import { tellTrouble } from '../../ui/toasts/toast-store.ts';

interface Props {
  /** What the chart is called, and the files that are made of it. */
  readonly name: string;
  /** What has its picture; undefined of what is no drawing. */
  readonly drawnIn?: RefObject<HTMLElement | null>;
  readonly python: () => string;
  /** Its rows as lines; undefined where it has none. */
  readonly csv?: () => readonly string[];
}

/** What can be taken along from a chart. */
export function ChartMenu({ name, drawnIn, python, csv }: Props) {
  const save = async () => {
    const picture = drawnIn?.current?.querySelector('[role="img"]');
    if (!picture) return;
    try {
      await savePicture(picture, name);
    } catch (error) {
      tellTrouble(sentenceOf(error));
    }
  };
  const commands: readonly (Command | undefined)[] = [
    { id: 'python', title: 'Copy as Python', icon: 'code', run: () => void copyText(python(), 'the chart as Python') },
    csv && { id: 'csv', title: 'Save as CSV', icon: 'download', run: () => saveCsv(csv(), name) },
    drawnIn && { id: 'png', title: 'Save as PNG', icon: 'download', run: () => void save() },
  ];
  return (
    <MenuButton label={`Take along ${name}`} icon="menu" commands={commands.filter((each) => each !== undefined)} />
  );
}
