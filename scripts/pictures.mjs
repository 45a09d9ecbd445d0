import { spawnSync } from 'node:child_process';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { temporaryFolder } from './temporary-folder.mjs';

/* Makes the pictures of the documentation, from the realistic fixture: the report, and the browser page at work. */

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const folder = temporaryFolder('pictures');
copyFileSync(at('fixtures/windows-server-2003/input.xml'), join(folder, 'MetaBase.xml'));
spawnSync(process.execPath, [at('dist/cli.cjs'), '-n', '-q', '--report', 'report.html', 'MetaBase.xml'], {
  cwd: folder,
});

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
const page = await browser.newPage({ viewport: { width: 1200, height: 1040 } });
await page.goto(`file://${join(folder, 'report.html')}`);
await page.screenshot({ path: at('docs/pictures/report.png') });

await page.goto(`file://${at('dist/web/iis-metabase-patch.html')}`);
await page.setInputFiles('#files', join(folder, 'MetaBase.xml'));
await page.getByText(/^Done:/).waitFor();
await page.setViewportSize({ width: 1200, height: 1330 });
await page.screenshot({ path: at('docs/pictures/web-page.png') });
await browser.close();
