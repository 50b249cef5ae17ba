import { type LikePattern, parseLike } from './like-pattern.ts';
import { literalPieces } from './literal-pieces.ts';
import type { FloatingPiece, PieceKit } from './piece.ts';
import { codePointsOf, wildcardPieces } from './wildcard-pieces.ts';

type TextTest = (text: string) => boolean;

/**
 * LIKE: `%` stands for any text, `_` for one character, case counts, nothing escapes. The work for a text grows with
 * its length only, however the pattern is made (within the bounds of `likeProblem`).
 */
export function compileLike(pattern: string): TextTest {
  const like = parseLike(pattern);
  if (!like.hasWildcard) return compilePieces(like, literalPieces);
  const matches = compilePieces(like, wildcardPieces);
  return (text) => matches(codePointsOf(text));
}

/** ILIKE: as LIKE, but A to Z match a to z; other letters keep their case (MLflow: SQLite's lower()). */
export function compileIlike(pattern: string): TextTest {
  const matches = compileLike(lowerAscii(pattern));
  return (text) => matches(lowerAscii(text));
}

const lowerAscii = (text: string): string => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());

/** Each middle piece is taken where it first stands: a later place never lets more of the rest match. */
function compilePieces<Text extends { readonly length: number }>(
  like: LikePattern,
  kit: PieceKit<Text>,
): (text: Text) => boolean {
  const first = kit.anchored(like.first);
  if (like.last === undefined) return (text) => text.length === first.length && first.isAt(text, 0);
  const last = kit.anchored(like.last);
  const middle = like.middle.map(kit.floating);
  return (text) => {
    if (!first.isAt(text, 0)) return false;
    const end = endOfAll(middle, text, first.length);
    return end >= 0 && end + last.length <= text.length && last.isAt(text, text.length - last.length);
  };
}

/** Where the pieces end when each stands behind the one before it, or -1. */
function endOfAll<Text>(pieces: readonly FloatingPiece<Text>[], text: Text, start: number): number {
  let at = start;
  for (const piece of pieces) {
    const found = piece.find(text, at);
    if (found < 0) return -1;
    at = found + piece.length;
  }
  return at;
}
