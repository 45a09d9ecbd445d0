import { refusalOf } from '../support/reading.ts';
import { expectAccepted, expectRefused, type Refused } from './expect-refused.ts';

test.each([
  '<?xml version="1.0"?><a/>',
  "<?xml version='1.0'?><a/>",
  '<?xml version ="1.0"?>\r\n<a/>',
  '<?xml\tversion\n=\r"1.0"\t\n?><a/>',
  '<?xml \t\r\nversion="1.0" ?><a/>',
  '<?xml\rversion = "1.0"?><a/>',
  '<?xml\nversion="1.0"?><a/>',
  '<?xml version="1.0" encoding="UTF-8"?><a/>',
  '<?xml version="1.0" encoding="utf-8"?><a/>',
  "<?xml version='1.0'\tencoding =\n'Utf-8' ?><a/>",
  '<?xml version="1.0" standalone="yes"?><a/>',
  "<?xml version='1.0' standalone='no'?><a/>",
  '<?xml version="1.0" encoding="UTF-8" standalone = "no" ?><a/>',
  '\ufeff<?xml version="1.0" encoding="UTF-8"?><a/>',
  '\ufeff<a/>',
])('%j is accepted', (document) => {
  expectAccepted(document);
});

/* Processing instructions, and not the declaration. */
test.each(['<?xmlx?><a/>', '<?xml-stylesheet href="a"?><a/>', '<?xm?><a/>', '<?XML1 x?><a/>', '<?xmé?><a/>'])(
  '%s is accepted',
  (document) => {
    expectAccepted(document);
  },
);

const NO_VERSION = 'the XML declaration lacks its version';
const NO_SPACE = 'white space is expected here';
const NO_EQUALS = 'an = is expected here';
const NO_QUOTE = 'a quoted value is expected here';
const NO_END = '?> is expected here';
const STRANGE = 'this is not allowed in the XML declaration';
const NO_LETTER = 'an encoding name begins with a letter';
const NOT_READ = (encoding: string): string =>
  `the encoding ${encoding} is not read: export the metabase again, or save the file as UTF-8`;

test.each<Refused>([
  ['<?xml¦?><a/>', 'XML_DECLARATION', NO_VERSION],
  ['<?xml ¦?><a/>', 'XML_DECLARATION', NO_VERSION],
  ['<?xml \t¦encoding="UTF-8"?><a/>', 'XML_DECLARATION', NO_VERSION],
  ['<?xml ¦Version="1.0"?><a/>', 'XML_DECLARATION', NO_VERSION],
  ['<?xml ¦versio="1.0"?><a/>', 'XML_DECLARATION', NO_VERSION],
  ['<?xml ¦<a/>', 'XML_DECLARATION', NO_VERSION],
  ['<?xml version¦?><a/>', 'XML_DECLARATION', NO_EQUALS],
  ['<?xml version¦s="1.0"?><a/>', 'XML_DECLARATION', NO_EQUALS],
  ['<?xml version ¦"1.0"?><a/>', 'XML_DECLARATION', NO_EQUALS],
  ['<?xml version=¦1.0?><a/>', 'XML_DECLARATION', NO_QUOTE],
  ['<?xml version= ¦?><a/>', 'XML_DECLARATION', NO_QUOTE],
  ['<?xml version=¦="1.0"?><a/>', 'XML_DECLARATION', NO_QUOTE],
  ['<?xml version="1.0¦\'?><a/>', 'XML_DECLARATION', STRANGE],
  ['<?xml version=\'1.0¦"?><a/>', 'XML_DECLARATION', STRANGE],
  ['<?xml version="1.0¦ "?><a/>', 'XML_DECLARATION', STRANGE],
  ['<?xml version="¦ 1.0"?><a/>', 'XML_DECLARATION', STRANGE],
  ['<?xml version="1¦&#46;0"?><a/>', 'XML_DECLARATION', STRANGE],
  ['<?xml version="1.0¦é"?><a/>', 'XML_DECLARATION', STRANGE],
  ['<?xml version="1.0¦?><a/>', 'XML_DECLARATION', STRANGE],
  ['<?xml version="¦1.1"?><a/>', 'XML_VERSION', 'only XML 1.0 is read'],
  ["<?xml version='¦1'?><a/>", 'XML_VERSION', 'only XML 1.0 is read'],
  ['<?xml version="¦1.00"?><a/>', 'XML_VERSION', 'only XML 1.0 is read'],
  ['<?xml version="¦01.0"?><a/>', 'XML_VERSION', 'only XML 1.0 is read'],
  ['<?xml version="¦"?><a/>', 'XML_VERSION', 'only XML 1.0 is read'],
  ['<?xml version="1.0"¦encoding="UTF-8"?><a/>', 'XML_DECLARATION', NO_SPACE],
  ['<?xml version="1.0"¦standalone="yes"?><a/>', 'XML_DECLARATION', NO_SPACE],
  ['<?xml version="1.0" encoding="UTF-8"¦standalone="yes"?><a/>', 'XML_DECLARATION', NO_SPACE],
  ['<?xml version="1.0" encoding¦?><a/>', 'XML_DECLARATION', NO_EQUALS],
  ['<?xml version="1.0" encoding=¦UTF-8?><a/>', 'XML_DECLARATION', NO_QUOTE],
  ['<?xml version="1.0" encoding="UTF¦ 8"?><a/>', 'XML_DECLARATION', STRANGE],
  ['<?xml version="1.0" encoding="¦"?><a/>', 'XML_DECLARATION', NO_LETTER],
  ['<?xml version="1.0" encoding="¦8UTF"?><a/>', 'XML_DECLARATION', NO_LETTER],
  ['<?xml version="1.0" encoding="¦-UTF"?><a/>', 'XML_DECLARATION', NO_LETTER],
  ['<?xml version="1.0" encoding="¦.UTF-8"?><a/>', 'XML_DECLARATION', NO_LETTER],
  ['<?xml version="1.0" encoding="¦_"?><a/>', 'XML_DECLARATION', NO_LETTER],
  ['<?xml version="1.0" encoding="¦ISO-8859-1"?><a/>', 'ENCODING_UNSUPPORTED', NOT_READ('ISO-8859-1')],
  ['<?xml version="1.0" encoding="¦UTF8"?><a/>', 'ENCODING_UNSUPPORTED', NOT_READ('UTF8')],
  ['<?xml version="1.0" encoding=\'¦Az09._-\'?><a/>', 'ENCODING_UNSUPPORTED', NOT_READ('Az09._-')],
  ['<?xml version="1.0" encoding=\'¦aZ\'?><a/>', 'ENCODING_UNSUPPORTED', NOT_READ('aZ')],
  [
    '<?xml version="1.0" encoding="¦utf-16"?><a/>',
    'ENCODING_MISMATCH',
    'the file says that it is UTF-16, but it is UTF-8',
  ],
  ['<?xml version="1.0" standalone=¦yes?><a/>', 'XML_DECLARATION', NO_QUOTE],
  ['<?xml version="1.0" standalone="¦"?><a/>', 'XML_DECLARATION', 'yes or no is expected here'],
  ['<?xml version="1.0" standalone="¦YES"?><a/>', 'XML_DECLARATION', 'yes or no is expected here'],
  ['<?xml version="1.0" standalone="¦yesno"?><a/>', 'XML_DECLARATION', 'yes or no is expected here'],
  ['<?xml version="1.0" standalone="¦ono"?><a/>', 'XML_DECLARATION', 'yes or no is expected here'],
  ['<?xml version="1.0" standalone="yes" ¦encoding="UTF-8"?><a/>', 'XML_DECLARATION', NO_END],
  ['<?xml version="1.0" ¦version="1.0"?><a/>', 'XML_DECLARATION', NO_END],
  ['<?xml version="1.0" ¦other="1.0"?><a/>', 'XML_DECLARATION', NO_END],
  ['<?xml version="1.0"¦><a/>', 'XML_DECLARATION', NO_END],
  ['<?xml version="1.0" ¦? ><a/>', 'XML_DECLARATION', NO_END],
  ['<?xml version="1.0" ¦<a/>', 'XML_DECLARATION', NO_END],
  ['\ufeff<?xml\n version="¦1.1"?><a/>', 'XML_VERSION', 'only XML 1.0 is read'],
])('%j is refused as %s: %s', (document, code, message) => {
  expectRefused(document, code, message);
});

test('after the window has moved on by its own length, its beginning is not the beginning of the file', () => {
  const before = ' '.repeat(50) + '<?' + 'p'.repeat(45) + ' ?>';
  expect(before).toHaveLength(100);
  expect(refusalOf(`${before}<?xml version="1.0"?><a/>`, 80)).toMatchObject({ code: 'XML_PI', offset: 100 });
});

const PI_RESERVED = 'an XML declaration is allowed only at the very beginning';

test.each([
  '<a/>¦<?xml version="1.0"?>',
  '\n¦<?xml version="1.0"?><a/>',
  '<!---->¦<?xml version="1.0"?><a/>',
  '<?xml version="1.0"?>¦<?xml version="1.0"?><a/>',
  '<a>¦<?xml version="1.0"?></a>',
  '\ufeff¦<?XML version="1.0"?><a/>',
  '<a>¦<?xMl?></a>',
  '<a>¦<?xmL ?></a>',
])('%j is refused: elsewhere, or in another case, it is not a declaration', (document) => {
  expectRefused(document, 'XML_PI', PI_RESERVED);
});
