import { type ChildProcess, spawn, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readlinkSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { CLI } from './command.ts';

export interface Ended {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

/** A program that is running. */
export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Waits until a temporary file is in the folder, so that writing has begun, or until the program has ended. */
  readonly untilWriting: (folder: string) => Promise<void>;
  /** Waits until the program has opened the file of this real path, or has ended. Only on Linux. */
  readonly untilOpened: (path: string) => Promise<void>;
}

/** @returns The names of the temporary files in a folder. */
export function temporariesIn(folder: string): string[] {
  return readdirSync(folder).filter((name) => name.endsWith('.tmp'));
}

/** Starts the command, without waiting for its end. */
export function start(words: readonly string[], cwd: string, stdio?: StdioOptions): Running {
  return startProgram([CLI, ...words], cwd, stdio);
}

/** Starts Node with these words. */
export function startProgram(
  words: readonly string[],
  cwd: string,
  stdio: StdioOptions = ['ignore', 'pipe', 'pipe'],
): Running {
  const child: ChildProcess = spawn(process.execPath, words, { cwd, stdio });
  let [out, err] = ['', ''];
  child.stdout?.on('data', (chunk: Buffer) => (out += chunk.toString('latin1')));
  child.stderr?.on('data', (chunk: Buffer) => (err += chunk.toString()));
  let hasEnded = false;
  const ended = once(child, 'close').then((end): Ended => {
    hasEnded = true;
    return { status: end[0] as number | null, signal: end[1] as NodeJS.Signals | null, out, err };
  });
  const until = async (isTrue: () => boolean): Promise<void> => {
    while (!hasEnded && !isTrue()) await setTimeout(1);
  };
  return {
    child,
    ended,
    untilWriting: (folder) => until(() => temporariesIn(folder).length > 0),
    untilOpened: (path) => until(() => openedBy(child).includes(path)),
  };
}

function openedBy({ pid }: ChildProcess): string[] {
  const folder = `/proc/${pid ?? ''}/fd`;
  try {
    return readdirSync(folder).map((fd) => readlinkSync(`${folder}/${fd}`));
  } catch {
    // A file was closed, or the program has ended, in the meantime.
    return [];
  }
}
