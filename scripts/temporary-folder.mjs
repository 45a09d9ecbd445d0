import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** @returns A new folder, which is removed when the script ends, even if it fails. */
export function temporaryFolder(purpose) {
  const folder = mkdtempSync(join(tmpdir(), `iis-metabase-patch-${purpose}-`));
  // On Windows a program that has just ended may hold a file for a moment.
  process.on('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }));
  return folder;
}
