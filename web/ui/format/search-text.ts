/** A text in quotes, as MLflow's filters read it: the kind that the text does not hold. They have no escape for one that holds both. */
export const quoteText = (text: string): string =>
  text.includes("'") ? `"${text.replaceAll('"', "'")}"` : `'${text}'`;

const holdsBothQuotes = (text: string): boolean => text.includes("'") && text.includes('"');

/** Whether a filter can say just this text; a backslash at its end would take the closing quote with it. */
export const isQuotable = (text: string): boolean => !holdsBothQuotes(text) && !text.endsWith('\\');

/** The pattern of LIKE for texts that hold this one; any character stands for a quote that cannot be said. */
export const likeHolding = (text: string): string =>
  quoteText(`%${holdsBothQuotes(text) ? text.replaceAll('"', '_') : text}%`);
