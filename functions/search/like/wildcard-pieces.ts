import type { PieceKit } from './piece.ts';

/** A text as its code points: `_` stands for one of them. */
export type CodePoints = readonly number[];

const WILDCARD = 95;
const BITS = 31;

/** The code points of a text; a surrogate without its other half counts as one. */
export function codePointsOf(text: string): CodePoints {
  const points: number[] = [];
  for (const char of text) points.push(Number(char.codePointAt(0)));
  return points;
}

/**
 * Pieces with wildcards. `find` keeps a bit for each prefix of the piece that ends at the current character
 * (Shift-And): a character costs one operation per 31 characters of the piece, whatever the text.
 */
export const wildcardPieces: PieceKit<CodePoints> = {
  anchored: (text) => {
    const piece = codePointsOf(text);
    const isAt = (points: CodePoints, index: number) =>
      index + piece.length <= points.length &&
      piece.every((point, offset) => point === WILDCARD || point === points[index + offset]);
    return { length: piece.length, isAt };
  },
  floating: (text) => {
    const piece = codePointsOf(text);
    const otherMask = wildcardsOf(piece);
    const masks = masksOf(piece, otherMask);
    const lastBit = 1 << ((piece.length - 1) % BITS);
    const find = (points: CodePoints, start: number) => {
      const state = new Int32Array(otherMask.length);
      for (let at = start; at < points.length; at += 1) {
        const lastWord = shiftAnd(state, masks.get(Number(points[at])) ?? otherMask);
        if ((lastWord & lastBit) !== 0) return at + 1 - piece.length;
      }
      return -1;
    };
    return { length: piece.length, find };
  },
};

/** state = ((state << 1) | 1) & mask, over words of 31 bits; gives the last word. */
function shiftAnd(state: Int32Array, mask: Int32Array): number {
  let carry = 1;
  let word = 0;
  for (let at = 0; at < state.length; at += 1) {
    const before = Number(state[at]);
    word = ((before << 1) | carry) & Number(mask[at]);
    carry = (before >>> (BITS - 1)) & 1;
    state[at] = word;
  }
  return word;
}

/** For each code point, a bit for each place in the piece where it may stand; all others may stand on wildcards only. */
function masksOf(piece: CodePoints, otherMask: Int32Array): ReadonlyMap<number, Int32Array> {
  const masks = new Map<number, Int32Array>();
  for (const [at, point] of piece.entries()) {
    const mask = masks.get(point) ?? otherMask.slice();
    setBit(mask, at);
    masks.set(point, mask);
  }
  return masks;
}

function wildcardsOf(piece: CodePoints): Int32Array {
  const mask = new Int32Array(Math.ceil(piece.length / BITS));
  for (const [at, point] of piece.entries()) if (point === WILDCARD) setBit(mask, at);
  return mask;
}

function setBit(mask: Int32Array, at: number): void {
  const word = Math.floor(at / BITS);
  mask[word] = Number(mask[word]) | (1 << (at % BITS));
}
