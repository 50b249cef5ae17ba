/** A stretch of a LIKE pattern whose place in the text is given. */
export interface AnchoredPiece<Text> {
  readonly length: number;
  /** Whether it stands at this index; false when the text is too short. */
  readonly isAt: (text: Text, index: number) => boolean;
}

/** A stretch of a LIKE pattern that is looked for in the text. */
export interface FloatingPiece<Text> {
  readonly length: number;
  /** The first index from `start` on where it stands, or -1. */
  readonly find: (text: Text, start: number) => number;
}

/** How pieces for texts of one representation are made. */
export interface PieceKit<Text> {
  readonly anchored: (piece: string) => AnchoredPiece<Text>;
  readonly floating: (piece: string) => FloatingPiece<Text>;
}
