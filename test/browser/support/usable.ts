import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { violationsOf } from './accessibility.ts';
import { NARROW, picturePath, WIDE } from './world.ts';

/** How a page may meet a person. Colours change with the theme and places with the screen: two of the four ask about both. */
const CHECKED = [
  { screen: 'wide', theme: 'light', viewport: WIDE },
  { screen: 'narrow', theme: 'dark', viewport: NARROW },
] as const;

/** For a person who looks at the pictures, TRACKLET_PICTURES=all takes those of the other two as well. */
const ALL = [
  ...CHECKED,
  { screen: 'narrow', theme: 'light', viewport: NARROW },
  { screen: 'wide', theme: 'dark', viewport: WIDE },
] as const;

const SIGHTS = process.env.TRACKLET_PICTURES === 'all' ? ALL : CHECKED;

/** Pictures and axe-core, on a machine that is busy with other tests. */
export const USABLE_MS = 90_000;

interface Sight {
  /** What the pictures are called. */
  readonly name: string;
  /** What is there, whatever the screen and the theme. */
  readonly seen: Locator;
  /** What has to be done anew when things moved, such as to point at one. */
  readonly pose?: ((page: Page) => Promise<unknown>) | undefined;
}

/**
 * Shows a page in both themes and on both screens, without loading it anew: it fits, shows the same, and axe-core finds
 * nothing wrong. A picture of each is kept for a person to look at.
 */
export async function expectUsable(page: Page, { name, seen, pose }: Sight): Promise<void> {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  for (const { screen, theme, viewport } of SIGHTS) {
    await page.emulateMedia({ colorScheme: theme });
    await page.setViewportSize(viewport);
    await pose?.(page);
    await settled(page);
    await seen.waitFor();
    const sight = `${name}-${screen}-${theme}`;
    await page.screenshot({ path: picturePath(sight) });
    expect(await violationsOf(page), sight).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth), sight).toBeLessThanOrEqual(viewport.width);
  }
}

/** What follows the size is drawn a frame later, and what comes into view may have to be read. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  await page
    .getByText(/^Loading /)
    .first()
    .waitFor({ state: 'detached' });
}
