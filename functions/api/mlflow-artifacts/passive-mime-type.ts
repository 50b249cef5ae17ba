import { mimeTypeOf } from '../../domain/mime-type.ts';

/** Types whose files run scripts when a browser opens them. */
const ACTIVE_TYPES: ReadonlySet<string> = new Set(['text/html', 'image/svg+xml']);

/** As `mimeTypeOf`, but what would run is plain text: for answers of S3, which sends no header that could stop it. */
export function passiveMimeTypeOf(name: string): string {
  const type = mimeTypeOf(name);
  return ACTIVE_TYPES.has(type) ? 'text/plain; charset=utf-8' : type;
}
