import type { Run } from '../../../api/runs.ts';
import { CodeBlock } from '../../../ui/copy/code-block.tsx';
import { Select } from '../../../ui/form/field.tsx';
import { formatNumber } from '../../../ui/format/number.ts';
import { Empty, Loading, Trouble } from '../../../ui/states/states.tsx';
import type { ChangeState } from '../../../ui/url-state/use-url-state.ts';
import frame from '../chart-frame.module.css';
import { ChartMenu } from '../chart-menu.tsx';
import type { RunsState, runsSchema } from '../runs-state.ts';
import { ImageCard } from './image-card.tsx';
import styles from './images.module.css';
import { imageAt, keysOfImages, stepsOfImages } from './logged-image.ts';
import { useImages } from './use-images.ts';

interface Props {
  readonly runs: readonly Run[];
  /** Says which runs these are. */
  readonly note: string | undefined;
  readonly state: RunsState;
  readonly change: ChangeState<typeof runsSchema>;
  /** The lines of Python that find the images of a key. */
  readonly python: (key: string) => string;
}

/** What runs logged as images, beside each other: one key, at the step that a slider chooses. */
export function ImagesView({ runs, note, state, change, python }: Props) {
  const { found, isPending, error, refetch } = useImages(runs);
  const all = found.flatMap(({ images }) => images);
  const keys = keysOfImages(all);
  const key = keys.includes(state.image) ? state.image : keys[0];
  if (key === undefined) {
    if (isPending) return <Loading what="the images" />;
    if (error !== null) return <Trouble title="The images cannot be shown" error={error} onRetry={refetch} />;
    return (
      <Empty title="None of these runs logged images">
        <p>Each image that is logged with a key and a step stands here, beside those of other runs:</p>
        <CodeBlock what="the line of Python" code={'mlflow.log_image(image, key="predictions", step=epoch)'} />
      </Empty>
    );
  }
  const steps = stepsOfImages(all, key);
  const last = steps.at(-1) ?? 0;
  const step = state.step === '' || Number.isNaN(Number(state.step)) ? last : Number(state.step);
  const shown = found.flatMap(({ run, images }) => {
    const image = imageAt(images, key, step);
    return image === undefined ? [] : [{ run, image }];
  });
  return (
    <div className={frame.view}>
      <div className={frame.bar}>
        <Select
          label="Which images"
          value={key}
          options={keys.map((each) => ({ value: each, text: each }))}
          onChange={(image) => change({ image, step: '' })}
        />
        <StepSlider
          steps={steps}
          step={step}
          onChange={(next) => change({ step: next === last ? '' : String(next) }, 'replace')}
        />
        {note !== undefined && <p className={frame.note}>{note}</p>}
        <ChartMenu name={`Images of ${key}`} python={() => python(key)} />
        {error !== null && (
          <p className={frame.note} role="alert">
            Those of some runs could not be read.
          </p>
        )}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <section className={styles.grid} aria-label={`Images of ${key}`} tabIndex={0}>
        {shown.length === 0 && <p>No run had logged one by step {formatNumber(step)}.</p>}
        {shown.map(({ run, image }) => (
          <ImageCard key={run.runId} run={run} image={image} step={step} />
        ))}
      </section>
    </div>
  );
}

interface SliderProps {
  readonly steps: readonly number[];
  readonly step: number;
  readonly onChange: (step: number) => void;
}

/** Slides over the steps at which there are images, not over those between. */
function StepSlider({ steps, step, onChange }: SliderProps) {
  const place = Math.max(
    0,
    steps.findLastIndex((each) => each <= step),
  );
  return (
    <label className={styles.slider}>
      Step
      <input
        type="range"
        min={0}
        max={steps.length - 1}
        step={1}
        value={place}
        disabled={steps.length < 2}
        aria-valuetext={`Step ${formatNumber(step)}`}
        onChange={(event) => onChange(steps[Number(event.target.value)] ?? step)}
      />
      <output>{formatNumber(step)}</output>
    </label>
  );
}
