import { classes } from '../../ui/classes.ts';
import styles from './colour-dot.module.css';
import { ColourDot } from './colour-dot.tsx';

interface Props {
  readonly id: string;
  readonly label: string;
  readonly isHidden: boolean;
  readonly onToggle: () => void;
}

/** The colour of a line in a row of a table; a click hides and shows it. The legend does so by keyboard. */
export const LineMark = ({ id, label, isHidden, onToggle }: Props) => (
  <button
    type="button"
    tabIndex={-1}
    className={classes(styles.mark, isHidden && styles.hidden)}
    aria-label={`${isHidden ? 'Show' : 'Hide'} ${label} in charts`}
    title={isHidden ? 'Show in charts' : 'Hide in charts'}
    onClick={(event) => {
      event.stopPropagation();
      onToggle();
    }}
  >
    <ColourDot id={id} />
  </button>
);
