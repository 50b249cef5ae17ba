import { BarChart, BoxplotChart, CustomChart, ScatterChart } from 'echarts/charts';
import { GridComponent, TooltipComponent, VisualMapContinuousComponent } from 'echarts/components';
import { type EChartsType, init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import { useIsDark } from '../../../charts/plot/use-is-dark.ts';
import { useColours } from '../../../charts/use-colours.ts';
import { type Figure, optionsOf } from './figure-options.ts';
import styles from './figures.module.css';

use([
  ScatterChart,
  BarChart,
  BoxplotChart,
  CustomChart,
  GridComponent,
  TooltipComponent,
  VisualMapContinuousComponent,
  CanvasRenderer,
]);

interface Props {
  readonly label: string;
  readonly descriptionId: string;
  readonly figure: Figure;
  readonly chosenIds: readonly string[];
  /** Called with the run that was clicked. */
  readonly onSelect: (runId: string) => void;
}

const BAR_HEIGHT = 22;
const LEAST_HEIGHT = 300;
const AROUND_BARS = 90;

/** Draws a figure; bars take as much height as they need, and scroll. */
export function FigurePlot({ label, descriptionId, figure, chosenIds, onSelect }: Props) {
  const element = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType>(undefined);
  const select = useRef(onSelect);
  const isDark = useIsDark();
  const colourOf = useColours();
  const chosen = useMemo(() => new Set(chosenIds), [chosenIds]);
  useLayoutEffect(() => {
    select.current = onSelect;
  });
  useLayoutEffect(() => {
    if (element.current === null) return;
    const made = init(element.current);
    chart.current = made;
    made.on('click', ({ data }) => {
      // What was given as data comes back as it was.
      const { id } = (data ?? {}) as { readonly id?: string };
      if (id !== undefined) select.current(id);
    });
    const observer = new ResizeObserver(() => made.resize());
    observer.observe(element.current);
    return () => {
      observer.disconnect();
      made.dispose();
    };
  }, []);
  useEffect(() => {
    if (element.current === null) return;
    const { color, outlineColor, caretColor, fontFamily } = getComputedStyle(element.current);
    const colours = { colourOf, isDark, ink: color, line: outlineColor, accent: caretColor, font: fontFamily };
    chart.current?.setOption(optionsOf(figure, chosen, colours), { notMerge: true });
  }, [figure, chosen, colourOf, isDark]);
  const height = 'bars' in figure ? Math.max(LEAST_HEIGHT, figure.bars.length * BAR_HEIGHT + AROUND_BARS) : undefined;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <div className={styles.scroller} tabIndex={0}>
      <div
        ref={element}
        className={styles.plot}
        style={{ height }}
        role="img"
        aria-label={label}
        aria-describedby={descriptionId}
      />
    </div>
  );
}
