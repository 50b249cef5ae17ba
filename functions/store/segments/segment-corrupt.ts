import { MlflowError } from '../../domain/errors.ts';

/**
 * A segment is not as it was written: 500 INTERNAL_ERROR. `damage` names what is wrong, for the log and for whoever
 * rebuilds the segment; it does not go over the wire.
 */
export class SegmentCorrupt extends MlflowError {
  readonly damage: string;

  constructor(damage: string, cause?: unknown) {
    super('INTERNAL_ERROR', 'Archived runs cannot be read: their segment is damaged.', {
      cause: cause ?? new Error(damage),
    });
    this.name = 'SegmentCorrupt';
    this.damage = damage;
  }
}

/** Runs a decoder of bytes whose checksum held; whatever it throws is damage, too. */
export function decodeOrCorrupt<T>(what: string, decode: () => T): T {
  try {
    return decode();
  } catch (error) {
    if (error instanceof SegmentCorrupt) throw error;
    throw new SegmentCorrupt(`${what} cannot be decoded`, error);
  }
}
