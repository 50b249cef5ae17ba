import { colourOf, cssOf } from '../maths/run-colours.ts';
import styles from './colour-dot.module.css';

/** The colour of a run, or of a group, wherever its name stands. */
export const ColourDot = ({ id }: { readonly id: string }) => (
  <span className={styles.dot} style={{ background: cssOf(colourOf(id)) }} aria-hidden="true" />
);
