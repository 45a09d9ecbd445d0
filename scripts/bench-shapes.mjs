import { performance } from 'node:perf_hooks';
import { patch } from '../dist/index.js';

/*
 * `npm run bench:shapes`: hostile shapes, each at two sizes, one twice the other: where time is linear, the time per MB is the
 * same. Prints Markdown.
 */

const RUNS = 3;
const SERVER = '<IIsSmtpServer Location="/LM/SmtpSvc/1" SmtpInboundCommandSupportOptions="7697601"/>';
const metabase = (content) => `<configuration><MBProperty>${content}</MBProperty></configuration>`;
const inside = (content) =>
  metabase(`<k Location="/LM/SmtpSvc/2" SmtpInboundCommandSupportOptions="0">${content}</k>${SERVER}`);
const many = (count, each) => Array.from({ length: count }, (_, i) => each(i)).join('');
const M = 1_000_000;

/** Each makes a document from a factor, 1 or 2. All servers have the property, so that all are patched and shown. */
const SHAPES = {
  'an export as usual': (n) =>
    metabase(
      many(n * 30_000, (i) => `<k\tLocation ="/LM/W3SVC/${i}"\r\n\t\tA="1"\r\n\t\tB="x y z"\r\n\t>\r\n</k>\r\n`) +
        SERVER,
    ),
  'half a million attributes in a tag': (n) => inside(`<a ${many((n * M) / 2, (i) => ` n${i}="1"`)}/>`),
  'names chosen to collide': (n) =>
    inside(`<a ${many(n * 200_000, (i) => ` aaaa${i.toString(36).padStart(5, '0')}aaaaaaaaaaaaaaaaz="1"`)}/>`),
  'half a million levels': (n) => inside('<a>'.repeat((n * M) / 2) + '</a>'.repeat((n * M) / 2)),
  'spaces in text': (n) => inside(' '.repeat(n * 25 * M)),
  'spaces in a tag': (n) => inside(`<a${' '.repeat(n * 25 * M)}/>`),
  'dashes in a comment': (n) => inside(`<!--${'- '.repeat(n * 10 * M)}-->`),
  'brackets in text': (n) => inside(']'.repeat(n * 20 * M)),
  references: (n) => inside('&#x41;'.repeat(n * 2 * M)),
  'one long name': (n) => inside(`<${'n'.repeat(n * 20 * M)}/>`),
  'one long value': (n) => inside(`<a b="${'v'.repeat(n * 20 * M)}"/>`),
  'one long line': (n) => inside('<a b="c"/>'.repeat(n * M)),
  '20 000 virtual servers': (n) =>
    metabase(many(n * 20_000, (i) => `<k Location="/LM/SmtpSvc/${i}" SmtpInboundCommandSupportOptions="7697601"/>\n`)),
  '20 000 servers that inherit': (n) =>
    metabase(
      '<k Location="/LM"><Custom ID="3699800" Value="7697601"/></k>\n' +
        many(n * 20_000, (i) => `<k Location="/LM/SmtpSvc/${i}"/>\n`),
    ),
  '100 000 Customs of an SMTP key': (n) => inside('<Custom ID="1" Value="2"/>'.repeat(n * 100_000)),
  '20 000 values on one key': (n) => inside('<Custom ID="3699800" Value="7697601"/>'.repeat(n * 20_000)),
  'as usual, in UTF-16': (n) => Buffer.from(`\ufeff${SHAPES['an export as usual'](n)}`, 'utf16le'),
};

function perMB(document) {
  const bytes = Buffer.from(document);
  const times = Array.from({ length: RUNS }, () => {
    const begin = performance.now();
    patch(bytes);
    return performance.now() - begin;
  });
  return { ms: Math.min(...times) / (bytes.length / M), size: bytes.length / M };
}

console.log('| shape | MB | ms per MB | twice the MB | ms per MB | ratio |\n| --- | --- | --- | --- | --- | --- |');
for (const [name, make] of Object.entries(SHAPES)) {
  const [one, two] = [1, 2].map((factor) => perMB(make(factor)));
  const cells = [
    one.size.toFixed(1),
    one.ms.toFixed(1),
    two.size.toFixed(1),
    two.ms.toFixed(1),
    (two.ms / one.ms).toFixed(2),
  ];
  console.log(`| ${[name, ...cells].join(' | ')} |`);
}
