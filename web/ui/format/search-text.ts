/** A text in quotes, as MLflow's filters read it; the kind of quote that the text does not hold. */
export const quoteText = (text: string): string =>
  text.includes("'") ? `"${text.replaceAll('"', "'")}"` : `'${text}'`;

/** The pattern of LIKE for texts that hold this one. */
export const likeHolding = (text: string): string => quoteText(`%${text}%`);
