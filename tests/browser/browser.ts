import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Starts the system's Chromium. */
export function openBrowser(): Promise<Browser> {
  const executablePath = process.env['CHROMIUM'] ?? PLACES.find((path) => existsSync(path));
  if (executablePath === undefined) throw new Error('no Chromium is installed; set CHROMIUM to its path');
  return chromium.launch({ executablePath, args: ['--no-sandbox'] });
}

/** What a page tried that it must not: requests, errors, violations of its policy. */
export interface Watched {
  readonly page: Page;
  readonly complaints: readonly string[];
}

/** Opens a local file as a page, and watches it. */
export async function openPage(browser: Browser, path: string, options: object = {}): Promise<Watched> {
  const page = await browser.newPage({ viewport: { width: 1200, height: 900 }, ...options });
  const complaints: string[] = [];
  page.on('request', (request) => {
    if (!/^(file|blob):/.test(request.url())) complaints.push(`request ${request.url()}`);
  });
  page.on('pageerror', (error) => complaints.push(`error ${error.message}`));
  page.on('console', (message) => complaints.push(`console ${message.text()}`));
  await page.goto(`file://${path}`);
  return { page, complaints };
}
