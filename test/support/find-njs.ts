import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** Beside the one on the path: where `apt-get download njs && dpkg -x njs_*.deb .cache/njs` puts it. */
const CANDIDATES = ['njs', join(import.meta.dirname, '../../.cache/njs/usr/bin/njs')];

/** Debian's njs, the engine family of CloudFront Functions; undefined when this machine has none. */
export const findNjs = (): string | undefined =>
  CANDIDATES.find((program) => {
    try {
      execFileSync(program, ['-v'], { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  });
