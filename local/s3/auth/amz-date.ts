const AMZ_DATE = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/;

/** Milliseconds since 1970 of `20261121T133000Z`, or undefined when the text is no such date. */
export const parseAmzDate = (text: string): number | undefined => {
  if (!AMZ_DATE.test(text)) return undefined;
  const ms = Date.parse(text.replace(AMZ_DATE, '$1-$2-$3T$4:$5:$6Z'));
  return Number.isNaN(ms) ? undefined : ms;
};
