import type { PieceKit } from './piece.ts';

/** Pieces without wildcards; `find` is Knuth, Morris and Pratt's, so it reads each unit of the text once. */
export const literalPieces: PieceKit<string> = {
  anchored: (piece) => ({ length: piece.length, isAt: (text, index) => text.startsWith(piece, index) }),
  floating: (piece) => {
    const borders = bordersOf(piece);
    return {
      length: piece.length,
      find: (text, start) => {
        let matched = 0;
        for (let at = start; at < text.length; at += 1) {
          matched = advance(piece, borders, matched, text.charCodeAt(at));
          if (matched === piece.length) return at + 1 - matched;
        }
        return -1;
      },
    };
  },
};

/** borders[n]: the length of the longest proper prefix of the first n units that is their suffix, too. */
function bordersOf(piece: string): Int32Array {
  const borders = new Int32Array(piece.length + 1);
  for (let at = 1; at < piece.length; at += 1) {
    borders[at + 1] = advance(piece, borders, Number(borders[at]), piece.charCodeAt(at));
  }
  return borders;
}

/** How much of the piece is matched after one more unit. */
function advance(piece: string, borders: Int32Array, matched: number, unit: number): number {
  let length = matched;
  while (length > 0 && piece.charCodeAt(length) !== unit) length = Number(borders[length]);
  return piece.charCodeAt(length) === unit ? length + 1 : length;
}
