import { useState } from 'react';
import type { ModelVersion, RegisteredModel } from '../../api/registered-models.ts';
import { CodeBlock } from '../../ui/copy/code-block.tsx';
import { Select } from '../../ui/form/field.tsx';
import { Section } from '../../ui/page/section.tsx';
import { loadCode, urisOf } from '../model/load-code.ts';

interface Props {
  readonly version: ModelVersion;
  readonly model: RegisteredModel;
}

/** The lines that load a version, by each of the URIs that lead to it. */
export function LoadVersion({ version, model }: Props) {
  const uris = urisOf(version, model);
  const [chosen, setChosen] = useState<string>();
  const uri = uris.find((each) => each.uri === chosen)?.uri ?? uris[0]?.uri ?? '';
  return (
    <Section
      title="Load it"
      tools={
        <Select
          label="URI to load it by"
          value={uri}
          options={uris.map(({ uri: value, note }) => ({ value, text: `${value} · ${note}` }))}
          onChange={setChosen}
        />
      }
    >
      <CodeBlock what="the lines of Python" code={loadCode(window.location.origin, uri)} />
    </Section>
  );
}
