import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { sentenceOf } from '../../../api/api-error.ts';
import { addressOf, readFile } from '../../../api/artifacts.ts';
import { queryKeys } from '../../../api/query-keys.ts';
import type { Run } from '../../../api/runs.ts';
import { ColourDot } from '../../../charts/panels/colour-dot.tsx';
import { typeOf } from '../../../previews/preview-kind.ts';
import { useAddress } from '../../../previews/use-address.ts';
import { links } from '../../../routes/links.ts';
import { formatNumber } from '../../../ui/format/number.ts';
import styles from './images.module.css';
import type { LoggedImage } from './logged-image.ts';

interface Props {
  readonly run: Run;
  readonly image: LoggedImage;
  /** The one that was asked for; the image may be of one before. */
  readonly step: number;
}

/** An image of a run; it leads to the image as it was logged. */
export function ImageCard({ run, image, step }: Props) {
  const { runId, runName } = run;
  const label = runName || runId;
  const path = image.smallPath ?? image.path;
  const source = { kind: 'run', runId, path } as const;
  const { data, error } = useQuery({
    queryKey: queryKeys.file(addressOf(source), undefined),
    queryFn: ({ signal }) => readFile(source, undefined, signal),
    // The one before stays until the next has come, else the page flickers under the slider.
    placeholderData: (previous) => previous,
    refetchOnWindowFocus: false,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  });
  return (
    <figure className={styles.card}>
      <Link href={links.artifact(runId, image.path)} className={styles.picture}>
        {data !== undefined && (
          <Picture
            content={data}
            type={typeOf('image', path)}
            label={`${image.key} of ${label} at step ${image.step}`}
          />
        )}
        {data === undefined && <span>{error === null ? `Loading ${image.key}…` : sentenceOf(error)}</span>}
      </Link>
      <figcaption className={styles.caption}>
        <ColourDot id={runId} />
        <Link href={links.run(runId)} className={styles.name} title={label}>
          {label}
        </Link>
        {image.step !== step && <span className={styles.step}>step {formatNumber(image.step)}</span>}
      </figcaption>
    </figure>
  );
}

interface PictureProps {
  readonly content: Blob;
  readonly type: string;
  readonly label: string;
}

function Picture({ content, type, label }: PictureProps) {
  const address = useAddress(content, type);
  const [brokenAddress, setBroken] = useState<string>();
  if (address === undefined) return null;
  if (brokenAddress === address) return <span>The browser cannot show {label}.</span>;
  return <img src={address} alt={label} onError={() => setBroken(address)} />;
}
