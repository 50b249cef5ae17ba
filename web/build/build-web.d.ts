/** Bundles the dashboard into a folder. */
export function buildWeb(folder: string): Promise<void>;
