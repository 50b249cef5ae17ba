/** How a file is shown; `none` is saved and opened elsewhere. */
export type PreviewKind =
  | 'audio'
  | 'geo'
  | 'html'
  | 'image'
  | 'json'
  | 'markdown'
  | 'mlmodel'
  | 'none'
  | 'notebook'
  | 'parquet'
  | 'pdf'
  | 'table'
  | 'text'
  | 'video';

interface Extensions {
  readonly kind: PreviewKind;
  readonly names: string;
}

const EXTENSIONS: readonly Extensions[] = [
  { kind: 'image', names: 'png jpg jpeg gif webp bmp svg avif ico' },
  { kind: 'audio', names: 'mp3 wav ogg oga flac m4a aac opus' },
  { kind: 'video', names: 'mp4 webm ogv mov m4v' },
  { kind: 'table', names: 'csv tsv' },
  { kind: 'parquet', names: 'parquet pq' },
  { kind: 'json', names: 'json' },
  { kind: 'geo', names: 'geojson' },
  { kind: 'html', names: 'html htm' },
  { kind: 'pdf', names: 'pdf' },
  { kind: 'markdown', names: 'md markdown' },
  { kind: 'notebook', names: 'ipynb' },
  {
    kind: 'text',
    names:
      'txt log err out yaml yml toml ini cfg conf cnf cf properties prop hocon env xml jsonl ndjson sql diff patch rst tex ' +
      'py py3 pyi r rmd jl js jsx mjs ts tsx css scss java kt scala go rs c h cc cpp hpp cs rb php swift lua pl sh bash zsh ' +
      'bat ps1 dockerfile makefile cmake gradle lock proto graphql svelte vue libsvm vocab bpe',
  },
];

const KINDS = new Map(EXTENSIONS.flatMap(({ kind, names }) => names.split(' ').map((name) => [name, kind] as const)));

/** Files of MLflow and others that have a name and no extension. */
const NAMES: ReadonlyMap<string, PreviewKind> = new Map([
  ['mlmodel', 'mlmodel'],
  ['mlproject', 'text'],
  ['dockerfile', 'text'],
  ['makefile', 'text'],
  ['license', 'text'],
  ['readme', 'text'],
]);

/** How a file is shown, by its name. */
export function previewKindOf(path: string): PreviewKind {
  const name = nameOfPath(path).toLowerCase();
  const extension = name.includes('.') ? name.slice(name.lastIndexOf('.') + 1) : '';
  return NAMES.get(name) ?? KINDS.get(extension) ?? 'none';
}

/** The last part of a path. */
export const nameOfPath = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

const MEBIBYTE = 1024 * 1024;

/** Of texts and tables the beginning is read, and more when it is asked for. */
export const FIRST_BYTES = MEBIBYTE / 2;

interface Reading {
  /** Whether the beginning makes sense without the rest. */
  readonly isPartial: boolean;
  /** What is larger is not read without being asked for: it would fill the memory of the page. */
  readonly mostBytes: number;
}

/** How much of a file is read to be shown. */
export function readingOf(kind: PreviewKind): Reading {
  switch (kind) {
    case 'text':
    case 'table':
    case 'markdown':
      return { isPartial: true, mostBytes: Number.POSITIVE_INFINITY };
    case 'geo':
    case 'json':
    case 'notebook':
    case 'html':
      return { isPartial: false, mostBytes: 16 * MEBIBYTE };
    case 'mlmodel':
      return { isPartial: false, mostBytes: MEBIBYTE };
    case 'image':
      return { isPartial: false, mostBytes: 32 * MEBIBYTE };
    case 'parquet':
    case 'pdf':
    case 'audio':
      return { isPartial: false, mostBytes: 64 * MEBIBYTE };
    case 'video':
      return { isPartial: false, mostBytes: 256 * MEBIBYTE };
    case 'none':
      return { isPartial: false, mostBytes: 0 };
    default:
      return kind satisfies never;
  }
}

const TYPES: Readonly<Record<string, string>> = {
  svg: 'image/svg+xml',
  jpg: 'image/jpeg',
  ico: 'image/x-icon',
  mp3: 'audio/mpeg',
  oga: 'audio/ogg',
  m4a: 'audio/mp4',
  ogv: 'video/ogg',
  mov: 'video/mp4',
  m4v: 'video/mp4',
  pdf: 'application/pdf',
};

/** The type that a browser needs to show a medium; the server names files so that nothing shows them. */
export function typeOf(kind: PreviewKind, path: string): string {
  const extension = path.slice(path.lastIndexOf('.') + 1).toLowerCase();
  if (kind === 'html') return 'text/html; charset=utf-8';
  return TYPES[extension] ?? `${kind}/${extension}`;
}
