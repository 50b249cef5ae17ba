import { Link } from 'wouter';
import type { ModelVersion } from '../../api/registered-models.ts';
import type { Run } from '../../api/runs.ts';
import { links } from '../../routes/links.ts';
import { type Fact, Facts } from '../../ui/facts/facts.tsx';
import { TimeAgo } from '../../ui/format/time-ago.tsx';
import { Section } from '../../ui/page/section.tsx';

interface Props {
  readonly version: ModelVersion;
  /** The run that made it; undefined while it is read, or when there is none. */
  readonly run: Run | undefined;
}

/** Where a version came from. */
export function VersionFacts({ version, run }: Props) {
  return (
    <Section title="About">
      <Facts facts={factsOf(version, run)} />
    </Section>
  );
}

function factsOf(
  { runId, runLink, source, creationTime, lastUpdatedTime }: ModelVersion,
  run: Run | undefined,
): readonly Fact[] {
  return [
    { title: 'Registered', shown: <TimeAgo timeMs={creationTime} /> },
    { title: 'Changed', shown: <TimeAgo timeMs={lastUpdatedTime} /> },
    {
      title: 'Source run',
      shown: runId && <Link href={links.run(runId)}>{run?.runName || runId}</Link>,
      text: runId,
    },
    { title: 'Source', shown: <code>{source}</code>, text: source },
    {
      title: 'Link to the run',
      shown: isHttp(runLink) && (
        <a href={runLink} target="_blank" rel="noopener noreferrer">
          {runLink}
        </a>
      ),
    },
  ];
}

/** A client wrote the link: another scheme could run a script. */
const isHttp = (link: string): boolean => /^https?:\/\//i.test(link);
