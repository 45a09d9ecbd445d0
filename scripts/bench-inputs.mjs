import { createHash } from 'node:crypto';
import { closeSync, mkdirSync, openSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { site, SMTP_SERVICE } from './bench-keys.mjs';

/* Synthetic exports of any size for the benchmark: the keys of many web sites, with the SMTP service in the middle. */

const HEAD =
  '<?xml version ="1.0"?>\r\n<configuration xmlns="urn:microsoft-catalog:XML_Metabase_V64_0">\r\n<MBProperty>\r\n';
const TAIL = '</MBProperty>\r\n</configuration>\r\n';

/** Enough sites for every kind of key; they are repeated. */
const SITES = Array.from({ length: 480 }, (_, number) => Buffer.from(site(number)));
const ALL_SITES = Buffer.concat(SITES);
const FINGERPRINT = createHash('sha256').update(ALL_SITES).update(SMTP_SERVICE).digest('hex').slice(0, 8);

/** Writes an export of about this many bytes, unless an earlier run has left it there. @returns Its path. */
export function makeExport(folder, bytes) {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${FINGERPRINT}-${bytes}.xml`);
  if (statSync(path, { throwIfNoEntry: false }) !== undefined) return path;
  const file = openSync(path, 'w');
  const half = (bytes - Buffer.byteLength(HEAD + SMTP_SERVICE + TAIL)) / 2;
  writeSync(file, HEAD);
  writeSites(file, half);
  writeSync(file, SMTP_SERVICE);
  writeSites(file, half);
  writeSync(file, TAIL);
  closeSync(file);
  return path;
}

function writeSites(file, bytes) {
  let left = bytes;
  while (left >= ALL_SITES.length) left -= writeSync(file, ALL_SITES);
  for (let i = 0; left > 0; i++) left -= writeSync(file, SITES[i]);
}

/** The kinds of start tags that are counted, and how each is recognized. */
const KINDS = {
  'a reference, such as `&amp;`': /&/,
  'a character beyond ASCII': /[^\0-\x7f]/,
  'Chinese, Japanese or Korean': /[\u3000-\u9fff\uac00-\ud7a3\uff00-\uffef]/,
  'a byte 0xEF': /[\uf000-\uffff]/,
  'a line end inside a value': /="[^"\n]*\n/,
  'a value of more than 200 bytes': /"[^"]{200,}"/,
  'spaces after the `=`': /= "/,
  'the name Custom': /^<Custom\b/,
};

/** @returns A summary of an export, and for each kind of start tag its share of all tags and of the bytes in them. */
export function describeExport(text) {
  const tags = text.match(/<\w[^>]*>/g);
  const size = Buffer.byteLength(tags.join(''));
  const percent = (part, whole) => `${((100 * part) / whole).toFixed(1)} %`;
  const shares = Object.entries(KINDS).map(([kind, pattern]) => {
    const found = tags.filter((tag) => pattern.test(tag));
    return [kind, percent(found.length, tags.length), percent(Buffer.byteLength(found.join('')), size)];
  });
  const mean = (count) => Math.round(Buffer.byteLength(text) / count);
  const attributes = text.match(/\s\w+\s*=\s*"/g).length;
  const summary = `${mean(text.split('\n').length)} bytes for each line, ${mean(attributes)} for each attribute, ${mean(tags.length)} for each start tag`;
  return { summary, shares };
}
