/** What tests sign in with, sign with or log as a secret: none of it may be in a log. */
export const SECRETS: readonly string[];
/** What is a secret whatever its text. */
export const SECRET_FORMS: readonly { readonly name: string; readonly form: RegExp }[];
