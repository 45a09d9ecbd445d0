import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';
import { thirdPartyNotices } from './third-party-notices.mjs';

/* Makes dist/web/iis-metabase-patch.html: the tool in one file that loads nothing. */

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (path) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const { version } = JSON.parse(read('package.json'));

/** The oldest browsers that the page runs in, all of autumn 2021; src/web/tsconfig.json says the same to the type checker. */
const TARGET = ['chrome96', 'edge96', 'firefox94', 'safari15.1'];
const BROWSERS = 'Chrome 96, Edge 96, Firefox 94 and Safari 15.1';

/** Put before each script; an import of it would be dropped, because package.json declares that no module has side effects. */
const olderBrowsers = await transform(read('src/web/older-browsers.ts'), {
  loader: 'ts',
  format: 'iife',
  target: TARGET,
  minify: true,
});

async function bundle(entry, define = {}) {
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    metafile: true,
    entryPoints: [entry],
    bundle: true,
    write: false,
    platform: 'browser',
    format: 'iife',
    target: TARGET,
    banner: { js: olderBrowsers.code },
    loader: { '.css': 'text' },
    minify: true,
    define,
  });
  // In a script element these would end it, or begin a comment.
  const script = outputFiles[0].text.trim().replaceAll('</script', '<\\/script').replaceAll('<!--', '\\x3C!--');
  return { script, metafile };
}

const hashOf = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

const style = read('src/report/report.css') + read('src/web/page.css');
const worker = await bundle('src/web/worker.ts');
const { script, metafile } = await bundle('src/web/main.ts', {
  VERSION: JSON.stringify(version),
  WORKER_SCRIPT: JSON.stringify(worker.script),
});
const policy = [
  "default-src 'none'",
  `script-src ${hashOf(script)}`,
  `style-src ${hashOf(style)}`,
  'worker-src blob:',
  // Safari before 15.5 does not know worker-src.
  'child-src blob:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

const page = read('src/web/page.html')
  .replace('POLICY', policy)
  .replace('VERSION', version)
  .replaceAll('BROWSERS', BROWSERS)
  .replace('STYLE', () => style)
  .replace('SCRIPT', () => script)
  .concat(`<!--\n${thirdPartyNotices(worker.metafile, metafile).replaceAll('--', '- -')}-->\n`);

mkdirSync(new URL('../dist/web', import.meta.url), { recursive: true });
writeFileSync(new URL('../dist/web/iis-metabase-patch.html', import.meta.url), page);
console.log(`dist/web/iis-metabase-patch.html: ${(page.length / 1024).toFixed(0)} KB`);
