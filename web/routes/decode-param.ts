/** What decodeURI leaves as it is. */
const RESERVED = /%(?:3B|2F|3F|3A|40|26|3D|2B|24|2C|23)/gi;

/** A name out of a path, whole: wouter decodes paths as decodeURI does, which leaves some signs escaped. */
export const decodeParam = (text: string): string => text.replace(RESERVED, decodeURIComponent);
