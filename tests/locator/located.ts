import { type LocatedKey, locateKeys } from '../../src/locator/smtp-keys.ts';
import type { MetabaseKey } from '../../src/parser/metabase-key.ts';
import { readMetabase } from '../../src/parser/metabase.ts';
import { finish } from '../../src/parser/steps.ts';
import { memorySource } from '../../src/source/source.ts';
import { openText } from '../../src/source/open-text.ts';
import type { Text } from '../../src/source/text.ts';

/** The property as an attribute. */
export const value = (dword: number | string): string => `SmtpInboundCommandSupportOptions="${dword}"`;

/** The property as a Custom child; `attributes` null for one without Attributes. */
export const custom = (dword: number | string, attributes: string | null = 'INHERIT'): string =>
  `<Custom Name="UnknownName_3699800" ID="3699800" Value="${dword}" Type="DWORD"` +
  `${attributes === null ? '' : ` Attributes="${attributes}"`}/>`;

/** A key on a line of its own, closed by itself where it has no children. */
export const key = (location: string, attributes = '', children = '', name = 'IIsConfigObject'): string => {
  const tag = `<${name} Location="${location}"${attributes === '' ? '' : ` ${attributes}`}`;
  return children === '' ? `${tag}/>` : `${tag}>${children}</${name}>`;
};

/** A whole metabase, each key on a line of its own: the first on line 3. */
export const metabase = (...keys: string[]): string =>
  ['<configuration>', '<MBProperty>', ...keys, '</MBProperty>', '</configuration>', ''].join('\n');

export const textOf = (bytes: string | Uint8Array): Text => openText(memorySource(Buffer.from(bytes)));

/** The keys on the SMTP path, as the parser finds them. */
export function keysOf(text: Text): readonly MetabaseKey[] {
  return finish(readMetabase(text));
}

/** The keys of a metabase of these keys, by path. */
export const located = (...keys: string[]): ReadonlyMap<string, LocatedKey> =>
  locateKeys(keysOf(textOf(metabase(...keys))));
