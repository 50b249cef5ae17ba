const percent = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;

/** Percent-encodes every byte but RFC 3986's unreserved ones, as Signature Version 4 does. */
export const uriEncode = (text: string): string => encodeURIComponent(text).replace(/[!'()*]/g, percent);

/** The same with `/` left alone: paths, copy sources, and listings with `encoding-type=url`. */
export const uriEncodePath = (text: string): string => uriEncode(text).replaceAll('%2F', '/');
