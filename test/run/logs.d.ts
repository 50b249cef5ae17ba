/** Names the folder in which all that the tests start keep what they log; without it nothing is kept. */
export const LOGS_VARIABLE: string;
/** Keeps what a server or an app of a test logs, in a file of this process for each name. */
export function keepLog(name: string, text: string): void;
/** Where secrets are in the logs of a folder: file, line and which, never the secret itself. */
export function findSecrets(folder: string): { readonly lines: number; readonly found: readonly string[] };
