import { Link } from 'wouter';
import type { Run } from '../../../api/runs.ts';
import { links } from '../../../routes/links.ts';
import { type Fact, Facts } from '../../../ui/facts/facts.tsx';
import { TimeAgo } from '../../../ui/format/time-ago.tsx';
import { Section } from '../../../ui/page/section.tsx';
import { parentIdOf } from '../../runs/run-tree.ts';

/** Where a run came from: who, when, which code. */
export function About({ run }: { readonly run: Run }) {
  return (
    <Section title="About">
      <Facts facts={factsOf(run)} />
    </Section>
  );
}

function factsOf(run: Run): readonly Fact[] {
  const parentId = parentIdOf(run);
  const tag = (title: string, key: string): Fact => ({ title, shown: run.tags.get(key), text: run.tags.get(key) });
  return [
    { title: 'Run id', shown: <code>{run.runId}</code>, text: run.runId },
    { title: 'Started', shown: <TimeAgo timeMs={run.startTime} /> },
    { title: 'Ended', shown: run.endTime && <TimeAgo timeMs={run.endTime} /> },
    { title: 'User', shown: run.tags.get('mlflow.user') || run.userId },
    { title: 'Parent', shown: parentId && <Link href={links.run(parentId)}>{parentId}</Link> },
    tag('Source', 'mlflow.source.name'),
    tag('Entry point', 'mlflow.project.entryPoint'),
    tag('Git repository', 'mlflow.source.git.repoURL'),
    tag('Git branch', 'mlflow.source.git.branch'),
    tag('Git commit', 'mlflow.source.git.commit'),
    { title: 'Artifacts', shown: <code>{run.artifactUri}</code>, text: run.artifactUri },
  ];
}
