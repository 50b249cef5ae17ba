import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { violationsOf } from './accessibility.ts';
import { NARROW, picturePath, WIDE } from './world.ts';

/** The screens that pages are looked at on. */
export const SCREENS = [
  { name: 'wide', viewport: WIDE },
  { name: 'narrow', viewport: NARROW },
] as const;

/** Takes a picture of a page as it is in both themes, and expects that everybody can use it and that it fits. */
export async function expectGoodLooks(page: Page, name: string): Promise<void> {
  const { width = 0 } = page.viewportSize() ?? {};
  const screen = SCREENS.find(({ viewport }) => viewport.width === width)?.name ?? width;
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.screenshot({ path: picturePath(`${name}-${screen}-${colorScheme}`) });
    expect(await violationsOf(page), colorScheme).toEqual([]);
  }
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
}
