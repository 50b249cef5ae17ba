import { Button } from '../../ui/button/button.tsx';
import { classes } from '../../ui/classes.ts';
import { crosshair } from '../crosshair.ts';
import { ColourDot } from './colour-dot.tsx';
import styles from './legend.module.css';

interface Entry {
  readonly id: string;
  readonly label: string;
}

interface Props {
  readonly entries: readonly Entry[];
  readonly hiddenIds: ReadonlySet<string>;
  readonly onHide: (hiddenIds: readonly string[]) => void;
}

/** Whose line has which colour; a click hides it, and the pointer lets it stand out in every chart. */
export function Legend({ entries, hiddenIds, onHide }: Props) {
  const toggle = (id: string) => onHide(hiddenIds.has(id) ? without(hiddenIds, id) : [...hiddenIds, id]);
  const point = (lineId: string) => crosshair.move({ x: undefined, lineId, source: undefined });
  return (
    // biome-ignore lint/a11y/useSemanticElements: a <fieldset> is for forms.
    <div role="group" aria-label="Lines to show" className={styles.legend}>
      {entries.map(({ id, label }) => (
        <button
          key={id}
          type="button"
          className={classes(styles.entry, hiddenIds.has(id) && styles.off)}
          aria-pressed={!hiddenIds.has(id)}
          title={label}
          onClick={() => toggle(id)}
          onMouseEnter={() => point(id)}
          onMouseLeave={crosshair.leave}
          onFocus={() => point(id)}
          onBlur={crosshair.leave}
        >
          <ColourDot id={id} />
          <span className={styles.name}>{label}</span>
        </button>
      ))}
      {entries.some(({ id }) => hiddenIds.has(id)) && (
        <Button look="quiet" onClick={() => onHide([])}>
          Show all
        </Button>
      )}
    </div>
  );
}

const without = (ids: ReadonlySet<string>, id: string): readonly string[] => [...ids].filter((each) => each !== id);
