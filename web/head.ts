import { preloadPage } from './routes/preload-page.ts';
import { applyTheme, keptTheme } from './theme/theme.ts';

// A script of its own that the page waits for: else a dark page would flash in light before the rest has come.
applyTheme(keptTheme());
preloadPage(window.location.pathname);
