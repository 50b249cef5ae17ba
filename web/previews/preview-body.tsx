import { useEffect, useState } from 'react';
import { Markdown } from '../ui/markdown/markdown.tsx';
import { Loading } from '../ui/states/states.tsx';
import { GeoPreview } from './geo-preview.tsx';
import { MediaPreview } from './media-preview.tsx';
import { MlModelCard } from './mlmodel-card.tsx';
import { NotebookPreview } from './notebook-preview.tsx';
import { ParquetPreview } from './parquet-preview.tsx';
import { nameOfPath, type PreviewKind } from './preview-kind.ts';
import styles from './previews.module.css';
import { readCsv } from './read-csv.ts';
import { readGeoJson } from './read-geojson.ts';
import { readMlModel } from './read-mlmodel.ts';
import { readNotebook } from './read-notebook.ts';
import { TablePreview } from './table-preview.tsx';
import { TextPreview } from './text-preview.tsx';

interface Props {
  readonly kind: PreviewKind;
  readonly path: string;
  readonly content: Blob;
  /** Whether the content is the beginning of a larger file. */
  readonly isCut: boolean;
}

/** A file drawn as its kind asks. */
export function PreviewBody({ kind, path, content, isCut }: Props) {
  const name = nameOfPath(path);
  switch (kind) {
    case 'image':
    case 'audio':
    case 'video':
    case 'pdf':
    case 'html':
      return <MediaPreview kind={kind} name={name} content={content} />;
    case 'parquet':
      return <ParquetPreview name={name} content={content} />;
    default:
      return <WrittenPreview kind={kind} name={name} content={content} isCut={isCut} />;
  }
}

interface WrittenProps extends Pick<Props, 'kind' | 'content' | 'isCut'> {
  readonly name: string;
}

/** What is read as a text first. What is not what its name says is shown as it is written. */
function WrittenPreview({ kind, name, content, isCut }: WrittenProps) {
  const text = useText(content);
  if (text === undefined) return <Loading what="the file" />;
  try {
    switch (kind) {
      case 'table':
        return <TablePreview name={name} table={readCsv(text, { isCut })} />;
      case 'json':
        return <TextPreview name={name} text={JSON.stringify(JSON.parse(text), null, 2)} />;
      case 'geo':
        return <GeoPreview name={name} geo={readGeoJson(text)} text={text} />;
      case 'mlmodel':
        return <MlModelCard model={readMlModel(text)} text={text} />;
      case 'notebook':
        return <NotebookPreview cells={readNotebook(text)} />;
      case 'markdown':
        return (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
          <div className={styles.page} tabIndex={0}>
            <Markdown text={text} />
          </div>
        );
      default:
        return <TextPreview name={name} text={text} />;
    }
  } catch (error) {
    return (
      <>
        <p className={styles.cut} role="alert">
          It is not what its name says: {error instanceof Error ? error.message : String(error)}
        </p>
        <TextPreview name={name} text={text} />
      </>
    );
  }
}

function useText(content: Blob): string | undefined {
  const [text, setText] = useState<string>();
  useEffect(() => {
    let isCurrent = true;
    // A blob that is in memory can always be read.
    void content.text().then((read) => isCurrent && setText(read));
    return () => {
      isCurrent = false;
    };
  }, [content]);
  return text;
}
