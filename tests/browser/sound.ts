import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** No violation that axe can see, in light and in dark; the dark changes nothing but colours. */
export async function isSound(page: Page, screen: string) {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
    // Colours that are still on their way are nobody's colours.
    await page.evaluate(() => Promise.allSettled(document.getAnimations().map(({ finished }) => finished)));
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
    // No frame of ours holds another page; so axe need not open one of its own, which takes half the time.
    const look = new AxeBuilder({ page }).setLegacyMode();
    const { violations } = await (colorScheme === 'light' ? look : look.withRules(['color-contrast', 'link-in-text-block'])).analyze();
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html, any }) => `${html} (${any[0]?.message ?? ''})`).join(' | ')}`);
    expect(found, `${screen}, ${colorScheme}`).toEqual([]);
  }
}

/** Nothing to scroll to sideways, and no target too small for a thumb. */
export async function fits(page: Page, screen: string) {
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(overflow, screen).toBe(0);
  const small = await page.evaluate(() =>
    [...document.querySelectorAll('button, select, a[href]')]
      .filter((target) => target.checkVisibility() && (target as HTMLElement).tabIndex >= 0 && !target.classList.contains('sr-only') && !target.closest('ol'))
      .filter((target) => target.getBoundingClientRect().height < 44 && !target.closest('.sr-only'))
      .map((target) => target.outerHTML.slice(0, 120)),
  );
  expect(small.filter((html) => !html.includes('href="/"') && !html.includes('#content')), screen).toEqual([]);
}
