/** Extensions that MLflow shows as text (MLflow: utils/mime_type_utils.py). */
const TEXT_EXTENSIONS =
  'txt log err cfg conf cnf cf ini properties prop hocon toml yaml yml xml json js py py3 csv tsv md rst ipynb mlmodel mlproject'.split(
    ' ',
  );

const MIME_TYPES: Readonly<Record<string, string>> = {
  avi: 'video/x-msvideo',
  bmp: 'image/bmp',
  gif: 'image/gif',
  htm: 'text/html',
  html: 'text/html',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  mp3: 'audio/mpeg',
  mp4: 'video/mp4',
  pdf: 'application/pdf',
  png: 'image/png',
  svg: 'image/svg+xml',
  tar: 'application/x-tar',
  tif: 'image/tiff',
  tiff: 'image/tiff',
  wav: 'audio/x-wav',
  webm: 'video/webm',
  webp: 'image/webp',
  zip: 'application/zip',
};

/** A compressed file is what it is without the compression: `a.tar.gz` is a tar (Python: mimetypes.guess_type). */
const COMPRESSED = /\.(?:gz|bz2|xz|br|z)$/i;

/** The content type of a file by its name; unknown ones are bytes. */
export function mimeTypeOf(name: string): string {
  const plain = name.replace(COMPRESSED, '');
  const extension = plain.slice(plain.lastIndexOf('.') + 1).toLowerCase();
  if (TEXT_EXTENSIONS.includes(extension)) return 'text/plain; charset=utf-8';
  const type = MIME_TYPES[extension];
  // `constructor` is an extension, too. The edge's runtime knows neither Map nor Object.hasOwn.
  return typeof type === 'string' ? type : 'application/octet-stream';
}
