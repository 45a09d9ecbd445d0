import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { thirdPartyNotices } from './third-party-notices.mjs';

/* Makes dist/web/iis-metabase-patch.html: the tool in one file that loads nothing. */

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (path) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const { version } = JSON.parse(read('package.json'));

async function bundle(entry, define = {}) {
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    metafile: true,
    entryPoints: [entry],
    bundle: true,
    write: false,
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    minify: true,
    define,
  });
  // In a script element these would end it, or begin a comment.
  const script = outputFiles[0].text.trim().replaceAll('</script', '<\\/script').replaceAll('<!--', '\\x3C!--');
  return { script, metafile };
}

/** The style is data in a module of its own, which the report uses too. */
async function styleOf() {
  const { outputFiles } = await build({
    stdin: {
      contents:
        "import { PAGE_STYLE } from './src/report/page-style.ts'; import { WEB_STYLE } from './src/web/style.ts'; export default PAGE_STYLE + WEB_STYLE;",
      resolveDir: root,
    },
    bundle: true,
    write: false,
    format: 'esm',
  });
  const module = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString('base64')}`);
  return module.default;
}

const hashOf = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

const style = await styleOf();
const worker = await bundle('src/web/worker.ts');
const { script, metafile } = await bundle('src/web/main.ts', { WORKER_SCRIPT: JSON.stringify(worker.script) });
const policy = [
  "default-src 'none'",
  `script-src ${hashOf(script)}`,
  `style-src ${hashOf(style)}`,
  'worker-src blob:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

const page = read('src/web/page.html')
  .replace('POLICY', policy)
  .replace('VERSION', version)
  .replace('STYLE', () => style)
  .replace('SCRIPT', () => script)
  .concat(`<!--\n${thirdPartyNotices(worker.metafile, metafile).replaceAll('--', '- -')}-->\n`);

mkdirSync(new URL('../dist/web', import.meta.url), { recursive: true });
writeFileSync(new URL('../dist/web/iis-metabase-patch.html', import.meta.url), page);
console.log(`dist/web/iis-metabase-patch.html: ${(page.length / 1024).toFixed(0)} KB`);
