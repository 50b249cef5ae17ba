const STORAGE_KEY = 'tracklet.theme';

/** What a person chose; `system` follows the machine. */
export type Theme = 'system' | 'light' | 'dark';

/** All themes, in the order that the switch offers them. */
export const THEMES: readonly Theme[] = ['system', 'light', 'dark'];

/** The theme that was kept, `system` when none was or the browser keeps nothing. */
export function keptTheme(): Theme {
  const kept = storage()?.getItem(STORAGE_KEY);
  return THEMES.find((theme) => theme === kept) ?? 'system';
}

/** Shows a theme; style sheets read it from the root element. */
export function applyTheme(theme: Theme): void {
  const { dataset } = document.documentElement;
  if (theme === 'system') delete dataset.theme;
  else dataset.theme = theme;
}

/** Shows a theme and keeps it for the next visit. */
export function chooseTheme(theme: Theme): void {
  applyTheme(theme);
  storage()?.setItem(STORAGE_KEY, theme);
}

/** A browser that keeps nothing throws on the mere mention of its storage. */
function storage(): Storage | undefined {
  try {
    return window.localStorage;
  } catch {
    return undefined;
  }
}
