import { PROPERTY } from '../parser/metabase-key.ts';
import { editedLocations, type Result, type ServerResult } from './result.ts';

/** A command that does on a live server what the patch does in a file. */
export interface LiveCommand {
  readonly tool: 'adsutil.vbs' | 'PowerShell';
  readonly line: string;
}

/** @returns The commands that give one key its new value. */
function liveCommands({ location, newValue }: ServerResult): LiveCommand[] {
  if (newValue === null) return [];
  const path = location.replace(/^\/LM\//i, '').replace(/\/$/, '');
  const setting = path.includes('/') ? 'IIsSmtpServerSetting' : 'IIsSmtpServiceSetting';
  const powerShell = [
    `$key = Get-WmiObject -Namespace ${quoted('root\\MicrosoftIISv2')} -Class ${setting} -Filter ${quoted(`Name='${path}'`)}`,
    `$key.${PROPERTY} = ${newValue}`,
    '[void]$key.Put()',
  ];
  return [
    { tool: 'adsutil.vbs', line: `cscript //nologo adsutil.vbs SET "${path}/${PROPERTY}" ${newValue}` },
    { tool: 'PowerShell', line: powerShell.join('; ') },
  ];
}

/** Quotes a text for PowerShell: in single quotes, only the quote itself has a meaning, so it is doubled. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** @returns For each key that is edited, its Location and the commands that make the same change. */
export function liveChanges(
  result: Pick<Result, 'servers' | 'edits'>,
): { readonly location: string; readonly commands: readonly LiveCommand[] }[] {
  const edited = editedLocations(result);
  const changing = result.servers.filter(({ location }) => edited.has(location));
  return changing.map((server) => ({ location: server.location, commands: liveCommands(server) }));
}

/** @returns The same as lines. */
export function liveCommandLines(result: Pick<Result, 'servers' | 'edits'>): string[] {
  return liveChanges(result).flatMap(({ location, commands }) => {
    const lines = commands.flatMap(({ tool, line }) => [`  ${tool}:`, `    ${line}`]);
    return ['', `${location}, the same on a live server:`, ...lines];
  });
}
