import { execFileSync } from 'node:child_process';

/**
 * Runs npm by its own JavaScript file: on Windows `npm` is a batch file, which cannot be started without a shell.
 * @param words npm's command and options.
 * @param cwd The folder to run it in.
 * @returns What it prints on standard output.
 */
export function npm(words, cwd) {
  const script = process.env.npm_execpath;
  if (script === undefined) throw new Error('Start this script with npm run.');
  return execFileSync(process.execPath, [script, ...words], {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}
