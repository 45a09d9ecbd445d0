import { existsSync } from 'node:fs';
import axe from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Starts the system's Chromium. */
export function openBrowser(): Promise<Browser> {
  const executablePath = process.env['CHROMIUM'] ?? PLACES.find((path) => existsSync(path));
  if (executablePath === undefined) throw new Error('no Chromium is installed; set CHROMIUM to its path');
  return chromium.launch({ executablePath, args: ['--no-sandbox'] });
}

/** What a page tried although it must not: requests, errors, violations of its policy. */
export interface Watched {
  readonly page: Page;
  readonly complaints: readonly string[];
}

/** A page is opened wide, unless the options say otherwise. */
export const WIDE = { viewport: { width: 1200, height: 900 } };
export const NARROW = { viewport: { width: 360, height: 800 } };

/** Opens a local file as a page, and watches it. */
export async function openPage(browser: Browser, path: string, options: object = {}): Promise<Watched> {
  const page = await browser.newPage({ ...WIDE, ...options });
  const complaints: string[] = [];
  page.on('request', (request) => {
    if (!/^(file|blob):/.test(request.url())) complaints.push(`request ${request.url()}`);
  });
  page.on('pageerror', (error) => complaints.push(`error ${error.message}`));
  page.on('console', (message) => complaints.push(`console ${message.text()}`));
  await page.goto(`file://${path}`);
  return { page, complaints };
}

/** @returns What axe finds wrong with the page as it is now: the rule, and the first element that breaks it. */
export async function axeViolations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate<string[]>(
    `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes[0].html))`,
  );
}

/**
 * @returns The first few of what is cut off or reaches beyond the page's right edge, and each value that breaks at the end of a
 * line.
 */
export async function layoutFaults(page: Page): Promise<string[]> {
  return (await page.evaluate<string[]>(LAYOUT_FAULTS)).slice(0, 5);
}

const LAYOUT_FAULTS = `(() => {
  const name = (element) => element.localName + '.' + element.className + ' ' + element.textContent.trim().slice(0, 40);
  const isShown = (element) => element.checkVisibility() && !element.matches('.sr, .skip, thead, thead *');
  const all = [...document.body.querySelectorAll('*')].filter(isShown);
  const isCut = (element) => {
    const { overflowX } = getComputedStyle(element);
    return overflowX !== 'visible' && element.scrollWidth > element.clientWidth;
  };
  return [
    ...all.filter((element) => element.getBoundingClientRect().right > innerWidth + 0.5).map((element) => 'beyond the edge: ' + name(element)),
    ...all.filter(isCut).map((element) => 'cut: ' + name(element)),
    ...all.filter((element) => element.matches('.value, .on, .off') && new Set([...element.getClientRects()].map(({ top }) => top)).size > 1)
      .map((element) => 'broken: ' + name(element)),
  ];
})()`;

/** @returns How often Tab must be pressed until the focus leaves the page. */
export async function countTabStops(page: Page): Promise<number> {
  for (let stops = 0; ; stops++) {
    await page.keyboard.press('Tab');
    if (await page.evaluate<boolean>('document.activeElement === document.body')) return stops;
  }
}
