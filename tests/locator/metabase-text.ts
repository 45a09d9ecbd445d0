import { type LocatedKey, locateKeys } from '../../src/locator/smtp-keys.ts';
import { readKeys, sourceOf } from '../support/reading.ts';

/** The property as an attribute. */
export const value = (dword: number | string): string => `SmtpInboundCommandSupportOptions="${dword}"`;

/** The property as a Custom child; `attributes` null for one without Attributes. */
export const custom = (dword: number | string, attributes: string | null = 'INHERIT'): string =>
  `<Custom Name="UnknownName_3699800" ID="3699800" Value="${dword}" Type="DWORD"` +
  `${attributes === null ? '' : ` Attributes="${attributes}"`}/>`;

/** A key on a line of its own, self-closing if it has no children. */
export const key = (location: string, attributes = '', children = '', name = 'IIsConfigObject'): string => {
  const tag = `<${name} Location="${location}"${attributes === '' ? '' : ` ${attributes}`}`;
  return children === '' ? `${tag}/>` : `${tag}>${children}</${name}>`;
};

/** A whole metabase, each key on a line of its own: the first on line 3. */
export const metabase = (...keys: string[]): string =>
  ['<configuration>', '<MBProperty>', ...keys, '</MBProperty>', '</configuration>', ''].join('\n');

/** The keys of a metabase of these keys, by path. */
export const keysByPath = (...keys: string[]): ReadonlyMap<string, LocatedKey> =>
  locateKeys(readKeys(sourceOf(metabase(...keys))));
