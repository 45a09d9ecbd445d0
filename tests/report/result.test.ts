import { MetabaseError } from '../../src/errors.ts';
import { makePlan } from '../../src/patch/make-plan.ts';
import { type RequestOptions, toRequest } from '../../src/patch/request.ts';
import { editedLocations, fileResult, refusedResult, type Result, toResult } from '../../src/report/result.ts';
import { custom, key, metabase, value } from '../locator/metabase-text.ts';
import { read, sourceOf } from '../support/reading.ts';
import { newHash } from './result-and-page.ts';

const ON = 7697601;
const OFF = 3503297;
const SERVICE = '/LM/SmtpSvc';
const ONE = '/LM/SmtpSvc/1';
const TWO = '/LM/SmtpSvc/2';

function inspected(text: string, options: RequestOptions = {}): Result {
  const source = sourceOf(text);
  return toResult(source, makePlan(source, read(source), toRequest(options), 'report'));
}

const ALL_ON = { before: true, after: true };
const ALL_OFF = { before: false, after: false };

test('the result for a server has every field of the JSON', () => {
  const text = metabase(key(ONE, `ServerComment="Default &amp; first" ${value(ON)}`, '', 'IIsSmtpServer'));
  expect(inspected(text)).toEqual({
    changed: true,
    encoding: 'utf-8',
    servers: [
      {
        location: ONE,
        class: 'IIsSmtpServer',
        comment: 'Default & first',
        selected: true,
        value: ON,
        hex: '0x7574C1',
        source: ONE,
        newValue: OFF,
        newHex: '0x3574C1',
        verbs: {
          '8bitmime': { before: true, after: false },
          BINARYMIME: ALL_ON,
          CHUNKING: ALL_ON,
          ENHANCEDSTATUSCODES: ALL_ON,
          'TURN/ATRN': ALL_ON,
          ETRN: ALL_ON,
          DSN: ALL_ON,
        },
        unnamed: '0x56001',
        line: 3,
        column: 1,
      },
    ],
    edits: [
      {
        location: ONE,
        property: 'SmtpInboundCommandSupportOptions',
        kind: 'replace',
        offset: text.indexOf('7697601'),
        length: 7,
        old: '7697601',
        new: '3503297',
        line: 3,
        column: '<IIsSmtpServer Location="/LM/SmtpSvc/1" ServerComment="Default &amp; first" '.length + 35,
      },
    ],
    warnings: [],
  });
});

test('the verbs are in their order', () => {
  const [{ verbs }] = inspected(metabase(key(ONE, value(0)))).servers;
  expect(Object.keys(verbs)).toEqual([
    '8bitmime',
    'BINARYMIME',
    'CHUNKING',
    'ENHANCEDSTATUSCODES',
    'TURN/ATRN',
    'ETRN',
    'DSN',
  ]);
});

test('a file with nothing to do is not changed, and has no edits', () => {
  expect(inspected(metabase(key(ONE, value(OFF))))).toMatchObject({ changed: false, edits: [] });
});

test('verbs that are turned on, and bits that are not verbs', () => {
  const [server] = inspected(metabase(key(ONE, value(0))), { enable: ['ETRN', 'TURN'] }).servers;
  expect(server).toMatchObject({ value: 0, hex: '0x0', newValue: 0x480, newHex: '0x480', unnamed: '0x0' });
  expect(server.verbs).toEqual({
    '8bitmime': ALL_OFF,
    BINARYMIME: ALL_OFF,
    CHUNKING: ALL_OFF,
    ENHANCEDSTATUSCODES: ALL_OFF,
    'TURN/ATRN': { before: false, after: true },
    ETRN: { before: false, after: true },
    DSN: ALL_OFF,
  });
});

test('the highest bits are shown without a sign', () => {
  const [server] = inspected(metabase(key(ONE, value(4294967295)))).servers;
  expect(server).toMatchObject({ hex: '0xFFFFFFFF', newHex: '0xFFBFFFFF', unnamed: '0xFF8FEB3F' });
});

test('an inherited value has its source, and the place of the key that inherits it', () => {
  const text = metabase(key('/LM/W3SVC'), key(ONE), key(SERVICE, value(ON)));
  expect(inspected(text).servers).toMatchObject([
    { location: SERVICE, source: SERVICE, line: 5, column: 1 },
    { location: ONE, value: ON, source: SERVICE, newValue: OFF, line: 4, column: 1 },
  ]);
});

const NOTHING = { value: null, hex: null, source: null, unnamed: null };
const NO_VERBS = {
  '8bitmime': null,
  BINARYMIME: null,
  CHUNKING: null,
  ENHANCEDSTATUSCODES: null,
  'TURN/ATRN': null,
  ETRN: null,
  DSN: null,
};

test('a key without a value has null for everything that depends on it', () => {
  const [server] = inspected(metabase(key(ONE))).servers;
  expect(server).toMatchObject({ ...NOTHING, newValue: null, newHex: null, comment: null, verbs: NO_VERBS });
});

test('a key that gets its first value has it only after the run', () => {
  const [server] = inspected(metabase(key(ONE)), { setMissing: ON }).servers;
  expect(server).toMatchObject({ ...NOTHING, newValue: OFF, newHex: '0x3574C1', verbs: NO_VERBS });
});

test('an invalid value of a key that is not selected is null, and has no source', () => {
  const [server] = inspected(metabase(key(ONE, value('x')), key(TWO, value(OFF))), { servers: [2] }).servers;
  expect(server).toMatchObject({ ...NOTHING, selected: false, newValue: null, newHex: null, verbs: NO_VERBS });
});

test('a Location that is there twice has the place of its first element, and the first comment', () => {
  const keys = [
    key(ONE, value(OFF)),
    key('/lm/smtpsvc/1', 'ServerComment=""', '', 'IIsSmtpServer'),
    key(ONE, 'ServerComment="x"'),
  ];
  expect(inspected(metabase(...keys)).servers).toMatchObject([
    { location: ONE, class: 'IIsConfigObject', comment: '', line: 3, column: 1 },
  ]);
});

describe('edits', () => {
  test('an insertion has no old text', () => {
    const text = metabase(key(ONE, '', '', 'IIsSmtpServer'));
    expect(inspected(text, { setMissing: 0 }).edits).toEqual([
      {
        location: ONE,
        property: 'SmtpInboundCommandSupportOptions',
        kind: 'insert',
        offset: text.indexOf('/>'),
        length: 0,
        old: null,
        new: ' SmtpInboundCommandSupportOptions="0"',
        line: 3,
        column: 40,
      },
    ]);
  });

  test('columns count characters, not bytes', () => {
    const [{ offset, line, column }] = inspected(metabase(`ä😀${key(ONE, value(ON))}`)).edits;
    expect([offset, line, column]).toEqual([29 + 6 + 76, 3, 3 + 76]);
  });
});

describe('findings', () => {
  test('have the place that they point at', () => {
    const text = metabase(key(ONE, value(OFF), `\n ${custom(OFF)}`), key(ONE));
    const place = text.indexOf(`${OFF}`, text.indexOf('<Custom'));
    expect(inspected(text).warnings).toEqual([
      {
        code: 'SEVERAL_VALUES',
        message:
          '/LM/SmtpSvc/1 has SmtpInboundCommandSupportOptions 2 times; the first counts as its value, and a patch changes all',
        line: 4,
        column: place - text.lastIndexOf('\n', place),
        offset: place,
      },
      {
        code: 'SEVERAL_KEYS',
        message: 'the Location /LM/SmtpSvc/1 is in the file 2 times; all count as one key',
        line: 5,
        column: 1,
        offset: text.lastIndexOf('<IIs'),
      },
    ]);
  });
});

test('a file that is refused cannot be inspected', () => {
  expect(() => inspected(metabase(key('/LM')))).toThrow(MetabaseError);
});

describe('the result of an input', () => {
  const text = metabase(key(ONE, value(ON)), key(TWO, value(OFF)), key('/LM/SmtpSvc/3', value(ON)));
  const source = sourceOf(text);
  const plan = makePlan(source, read(source), toRequest({ servers: ['1', '2'] }), 'report');

  test('has a verdict for each selected key, and what takes another look at the file only if it is requested', () => {
    const result = fileResult('a.xml', source, plan, { positions: false, context: null, newHash: null });
    expect(result).toMatchObject({ file: 'a.xml', ok: false, error: null, hunks: [], digests: null, isWritten: false });
    expect(result.servers.map(({ ok, line }) => [ok, line])).toEqual([
      [false, 0],
      [true, 0],
      [null, 0],
    ]);
  });

  test('has hunks, positions and digests if these are requested', () => {
    const result = fileResult('a.xml', source, plan, { positions: true, context: 0, newHash });
    expect(result.hunks).toHaveLength(1);
    expect(result.servers.map(({ line }) => line)).toEqual([3, 4, 5]);
    expect(result.digests?.input.size).toBe(text.length);
    expect(result.digests?.output?.sha256).not.toBe(result.digests?.input.sha256);
  });

  test('of a file that was refused is empty except for the error, and the digest of the input', () => {
    const error = new MetabaseError('XML_TAG', 'wrong');
    const digests = { input: { size: 1, sha256: 'ab' }, output: null };
    expect(refusedResult('a.xml', error, 'utf-8')).toMatchObject({ ok: false, error, servers: [], digests: null });
    expect(refusedResult('a.xml', error, null, digests).digests).toBe(digests);
  });
});

describe('a file that was refused', () => {
  const error = { code: 'XML_TAG', message: 'm', line: 1, column: 2, offset: 1, excerpt: null } as const;

  test('has its error and its encoding, and nothing else', () => {
    expect(refusedResult('a.xml', error, null)).toEqual({
      file: 'a.xml',
      error,
      ok: false,
      encoding: null,
      warnings: [],
      servers: [],
      edits: [],
      changed: false,
      hunks: [],
      output: null,
      backup: null,
      outputName: null,
      isWritten: false,
      digests: null,
    });
  });

  test('keeps the warnings that go with the error', () => {
    const warnings = [{ code: 'SEVERAL_KEYS', message: 'w', line: 1, column: 1, offset: 0 }] as const;
    expect(refusedResult('a.xml', { ...error, warnings }, 'utf-8')).toMatchObject({ encoding: 'utf-8', warnings });
  });
});

describe('a file that was read', () => {
  const fileOf = (...keys: string[]): ReturnType<typeof fileResult> => {
    const source = sourceOf(metabase(...keys));
    const plan = makePlan(source, read(source), toRequest({ servers: ['1'] }), 'report');
    return fileResult('a.xml', source, plan, { positions: false, context: null, newHash: null });
  };

  test('is ok where every selected server is, and a server that is not selected has no verdict', () => {
    const { ok, servers } = fileOf(key(ONE, value(OFF)), key(TWO, value(ON)));
    expect([ok, servers.map((server) => server.ok)]).toEqual([true, [true, null]]);
  });

  test('is not ok where a selected server is not; its edits have their values', () => {
    const { ok, servers, edits } = fileOf(key(ONE, value(ON)), key(TWO, value(OFF)));
    expect([ok, servers.map((server) => server.ok)]).toEqual([false, [false, null]]);
    expect(edits).toMatchObject([{ location: ONE, old: String(ON), oldValue: ON, newValue: OFF }]);
  });
});

test('the Locations that are edited, each once', () => {
  const edit = {
    property: 'x',
    kind: 'replace',
    offset: 0,
    length: 1,
    old: '1',
    new: '2',
    line: 1,
    column: 1,
  } as const;
  const edits = ['/LM/SmtpSvc', '/LM/SmtpSvc/1', '/LM/SmtpSvc'].map((location) => ({ ...edit, location }));
  expect([...editedLocations({ edits })]).toEqual(['/LM/SmtpSvc', '/LM/SmtpSvc/1']);
});
