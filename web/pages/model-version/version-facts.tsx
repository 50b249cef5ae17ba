import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { ModelVersion } from '../../api/registered-models.ts';
import type { Run } from '../../api/runs.ts';
import { links } from '../../routes/links.ts';
import { CopyButton } from '../../ui/copy/copy-button.tsx';
import { TimeAgo } from '../../ui/format/time-ago.tsx';
import styles from './model-version.module.css';

interface Fact {
  readonly title: string;
  readonly shown: ReactNode;
  /** What is copied; undefined when there is no point in it. */
  readonly text?: string;
}

interface Props {
  readonly version: ModelVersion;
  /** The run that made it; undefined while it is read, or when there is none. */
  readonly run: Run | undefined;
}

/** Where a version came from. */
export function VersionFacts({ version, run }: Props) {
  return (
    <section className={styles.section}>
      <h2>About</h2>
      <dl className={styles.facts}>
        {factsOf(version, run).map(({ title, shown, text }) => (
          <div key={title}>
            <dt>{title}</dt>
            <dd>
              <span className={styles.value}>{shown}</span>
              {text !== undefined && <CopyButton text={text} what={`the ${title.toLowerCase()}`} />}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function factsOf(
  { runId, runLink, source, creationTime, lastUpdatedTime }: ModelVersion,
  run: Run | undefined,
): readonly Fact[] {
  const facts: readonly (Fact | false)[] = [
    { title: 'Registered', shown: <TimeAgo timeMs={creationTime} /> },
    { title: 'Changed', shown: <TimeAgo timeMs={lastUpdatedTime} /> },
    runId !== '' && {
      title: 'Source run',
      shown: <Link href={links.run(runId)}>{run?.runName || runId}</Link>,
      text: runId,
    },
    { title: 'Source', shown: <code>{source}</code>, text: source },
    isHttp(runLink) && {
      title: 'Link to the run',
      shown: (
        <a href={runLink} target="_blank" rel="noopener noreferrer">
          {runLink}
        </a>
      ),
    },
  ];
  return facts.filter((fact) => fact !== false);
}

/** A client wrote the link: another scheme could run a script. */
const isHttp = (link: string): boolean => /^https?:\/\//i.test(link);
