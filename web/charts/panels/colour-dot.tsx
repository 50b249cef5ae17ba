import { cssOf } from '../maths/run-colours.ts';
import { useColours } from '../use-colours.ts';
import styles from './colour-dot.module.css';

/** The colour of a run, or of a group, wherever its name stands. */
export const ColourDot = ({ id }: { readonly id: string }) => (
  <span className={styles.dot} style={{ background: cssOf(useColours()(id)) }} aria-hidden="true" />
);
