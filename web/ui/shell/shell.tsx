import { type ReactNode, useMemo, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { chooseTheme, keptTheme, THEMES, type Theme } from '../../theme/theme.ts';
import { IconButton } from '../button/button.tsx';
import type { Command } from '../commands/command.ts';
import { useCommands } from '../commands/use-commands.ts';
import { useShortcuts } from '../commands/use-shortcuts.ts';
import { late } from '../late/late.tsx';
import { SessionGate } from '../session/session-gate.tsx';
import { useSession } from '../session/use-session.ts';
import { UserMenu } from '../session/user-menu.tsx';
import { Toasts } from '../toasts/toasts.tsx';
import { ConnectionBanner } from './connection-banner.tsx';
import { HelpDialog } from './help-dialog.tsx';
import { NAVIGATION, PALETTE_PAGES } from './navigation.ts';
import styles from './shell.module.css';

const Palette = late(() => import('../commands/palette.tsx').then(({ Palette: part }) => part));

/** The command that opens the palette. */
const PALETTE = 'palette';

const THEME_ICONS = { system: 'system', light: 'sun', dark: 'moon' } as const;

/** What stands around every page: the bar, the banner of a lost connection, messages and the help. */
export function Shell({ children }: { readonly children: ReactNode }) {
  const [isHelpOpen, setHelpOpen] = useState(false);
  const [isPaletteOpen, setPaletteOpen] = useState(false);
  const [theme, setTheme] = useState(keptTheme);
  const [, navigate] = useLocation();
  const commands = useMemo<readonly Command[]>(
    () => [
      {
        id: PALETTE,
        title: 'Find a command or page',
        shortcut: 'mod+k',
        reach: 'fields',
        icon: 'search',
        run: () => setPaletteOpen(true),
      },
      { id: 'help', title: 'Show shortcuts', shortcut: '?', icon: 'keyboard', run: () => setHelpOpen(true) },
    ],
    [],
  );
  const pages = useMemo(
    () => PALETTE_PAGES.map(({ title, path }) => ({ title, go: () => navigate(path) })),
    [navigate],
  );
  useCommands('Everywhere', commands);
  useShortcuts();
  const session = useSession();
  const next = themeAfter(theme);
  const changeTheme = () => {
    chooseTheme(next);
    setTheme(next);
  };
  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#main">
        Skip to the page
      </a>
      <header className={styles.bar}>
        <Brand />
        <Navigation />
        <div className={styles.tools}>
          <IconButton icon="search" label="Commands and pages" onClick={() => setPaletteOpen(true)} />
          <IconButton icon={THEME_ICONS[theme]} label={`Theme: ${theme}. Switch to ${next}`} onClick={changeTheme} />
          <IconButton icon="keyboard" label="Show shortcuts" onClick={() => setHelpOpen(true)} />
          <UserMenu state={session} />
        </div>
      </header>
      <ConnectionBanner />
      <main id="main" className={styles.main} tabIndex={-1}>
        <SessionGate state={session}>{children}</SessionGate>
      </main>
      <Toasts />
      {isPaletteOpen && <Palette ownId={PALETTE} pages={pages} onClose={() => setPaletteOpen(false)} />}
      {isHelpOpen && <HelpDialog onClose={() => setHelpOpen(false)} />}
    </div>
  );
}

const themeAfter = (theme: Theme): Theme => THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'system';

function Brand() {
  return (
    <Link href="/" className={styles.brand} aria-label="Tracklet, to the experiments">
      <svg viewBox="0 0 32 32" className={styles.mark} aria-hidden="true">
        <path d="M4 9c6 0 7 13 13 13s6-7 10-8" />
        <circle cx="27.500" cy="13.500" r="2.800" />
      </svg>
      <span className={styles.name}>Tracklet</span>
    </Link>
  );
}

function Navigation() {
  const [path] = useLocation();
  return (
    <nav aria-label="Pages" className={styles.navigation}>
      {NAVIGATION.map((entry) => (
        <Link
          key={entry.path}
          href={entry.path}
          className={styles.entry}
          aria-current={entry.isCurrent(path) ? 'page' : undefined}
        >
          {entry.title}
        </Link>
      ))}
    </nav>
  );
}
