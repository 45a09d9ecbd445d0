import { MetabaseError } from '../../errors.ts';
import { didYouMean } from '../../suggest.ts';
import { type Shell, SHELLS } from '../completions.ts';
import bash from './completion-scripts/bash.sh';
import powershell from './completion-scripts/powershell.ps1';
import zsh from './completion-scripts/zsh.zsh';

const SCRIPTS = { bash, zsh, powershell } as const;

/**
 * @param words The shell that was named, if any.
 * @param byDefault The shell to use otherwise.
 * @throws MetabaseError USAGE
 */
export function completionScript(words: readonly string[], byDefault: Shell): string {
  const [word] = words.length === 0 ? [byDefault] : words;
  const shell = SHELLS.find((each) => each === word);
  if (shell !== undefined && words.length < 2) return SCRIPTS[shell];
  throw new MetabaseError('USAGE', `completion takes one of ${SHELLS.join(', ')}${didYouMean(word, SHELLS)}`);
}
