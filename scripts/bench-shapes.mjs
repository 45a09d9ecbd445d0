import { performance } from 'node:perf_hooks';
import { patch } from '../dist/index.js';

/* Documents that are designed to be slow, for the benchmark: each in two sizes. If time is linear, both take the same time per MB. */

const M = 1_000_000;
const SERVER = '<IIsSmtpServer Location="/LM/SmtpSvc/1" SmtpInboundCommandSupportOptions="7697601"/>';
const metabase = (content) => `<configuration><MBProperty>${content}</MBProperty></configuration>`;
const inside = (content) =>
  metabase(`<k Location="/LM/SmtpSvc/2" SmtpInboundCommandSupportOptions="0">${content}</k>${SERVER}`);
const many = (count, each) => Array.from({ length: count }, (_, i) => each(i)).join('');

/** Makes each document from a factor, 1 or 2. Every server has the property, so that every one is patched and shown. */
const SHAPES = {
  'half a million attributes in a tag': (n) => inside(`<a ${many((n * M) / 2, (i) => ` n${i}="1"`)}/>`),
  'names chosen to collide': (n) =>
    inside(`<a ${many(n * 200_000, (i) => ` aaaa${i.toString(36).padStart(5, '0')}aaaaaaaaaaaaaaaaz="1"`)}/>`),
  'half a million levels': (n) => inside('<a>'.repeat((n * M) / 2) + '</a>'.repeat((n * M) / 2)),
  'spaces in text': (n) => inside(' '.repeat(n * 25 * M)),
  'spaces in a tag': (n) => inside(`<a${' '.repeat(n * 25 * M)}/>`),
  'hyphens in a comment': (n) => inside(`<!--${'- '.repeat(n * 10 * M)}-->`),
  'brackets in text': (n) => inside(']'.repeat(n * 20 * M)),
  'references in text': (n) => inside('&#x41;'.repeat(n * 2 * M)),
  'references in a value': (n) => inside(`<a b="${'&#x41;'.repeat(n * 2 * M)}"/>`),
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
};

/** @returns The size in MB, and the shortest of three times for each MB. */
function measure(document) {
  const bytes = Buffer.from(document);
  const times = Array.from({ length: 3 }, () => {
    const begin = performance.now();
    patch(bytes);
    return performance.now() - begin;
  });
  return { size: bytes.length / M, time: Math.min(...times) / (bytes.length / M) };
}

/** @returns A row for each shape: its size and time, those of twice the size, and the ratio of the times for each MB. */
export function measureShapes() {
  return Object.entries(SHAPES).map(([name, make]) => {
    const [one, two] = [1, 2].map((factor) => measure(make(factor)));
    const cells = [one, two].flatMap(({ size, time }) => [size.toFixed(1), time.toFixed(1)]);
    return [name, ...cells, (two.time / one.time).toFixed(2)];
  });
}
