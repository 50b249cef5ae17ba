import type { ModelStage } from '../../api/registered-models.ts';
import { classes } from '../../ui/classes.ts';
import styles from './model.module.css';

/** The stage of a version; one without says so quietly. */
export function StageText({ stage }: { readonly stage: ModelStage }) {
  return <span className={classes(styles.stage, styles[stage])}>{stage === 'None' ? 'No stage' : stage}</span>;
}
