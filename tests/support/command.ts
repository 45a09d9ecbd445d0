import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The built command, as `npm ci` leaves it. */
export const CLI = fileURLToPath(new URL('../../dist/cli.cjs', import.meta.url));

export interface Run {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
  readonly bytes: Buffer;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly input?: Uint8Array | string;
  readonly env?: Record<string, string>;
}

/** Runs the command as a user does, in a process of its own. */
export function run(args: readonly string[], { cwd, input, env }: RunOptions = {}): Run {
  return runProgram(process.execPath, [CLI, ...args], { cwd, input, env } as RunOptions);
}

/** Runs any program; a missing one is an error of the test. */
export function runProgram(program: string, args: readonly string[], { cwd, input, env }: RunOptions = {}): Run {
  const { status, signal, stdout, stderr, error } = spawnSync(program, args, {
    ...(cwd !== undefined && { cwd }),
    input: input ?? '',
    env: { ...process.env, NO_COLOR: undefined, FORCE_COLOR: undefined, ...env },
    maxBuffer: 1 << 30,
  });
  if (error !== undefined) throw error;
  return { status, signal, out: stdout.toString(), err: stderr.toString(), bytes: stdout };
}

const folders: string[] = [];

/** @returns A new folder with these files in it; all are removed when the test file ends. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'iis-metabase-patch-test-'));
  folders.push(folder);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

/** @returns The text of a file, whose path may come in parts. */
export function readText(...path: readonly string[]): string {
  return readFileSync(join(...path), 'utf8');
}

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});
