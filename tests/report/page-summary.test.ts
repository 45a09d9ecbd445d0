import type { RequestOptions } from '../../src/patch/request.ts';
import type { FileResult } from '../../src/report/result.ts';
import { metabase, server, service } from '../support/metabase.ts';
import { LEAD, pageOf, resultOf, wordsOf, written } from './result-and-page.ts';

const ON = metabase(service(7697601), server(1, 7697601), server(2, 7697601));
const OFF = metabase(server(1, 3503297));

const lead = (files: readonly FileResult[], options: RequestOptions = {}): string =>
  wordsOf(pageOf(files, options), LEAD);

const PURPOSE =
  'While a server offers 8BITMIME, mail that it passes on to older hosts can be delayed or lost (Microsoft KB 286673).';

describe('the first paragraph', () => {
  test('of a dry run: what will change, why, what stays, and how to undo it', () => {
    expect(lead([resultOf('a.xml', ON)])).toBe(
      `Proposed: turn off 8bitmime on the SMTP service and 2 virtual servers in a.xml. ${PURPOSE} ` +
        'In the file, 3 values change; every other byte stays as it is. ' +
        'Nothing is written yet, and the server itself changes only when the patched file is put in place. ' +
        'To undo the change, put the original file back.',
    );
  });

  test('of a patch that was written', () => {
    expect(lead([written(resultOf('a.xml', ON), 'a.patched.xml')])).toBe(
      `Patched: turned off 8bitmime on the SMTP service and 2 virtual servers in a.xml. ${PURPOSE} ` +
        'In the file, 3 values change; every other byte stays as it is. ' +
        'The server itself changes only when the patched file is put in place. ' +
        'To undo the change, put the original file back.',
    );
  });

  test('of files that were replaced: the way back is the backups, or else each of the changes', () => {
    const result = resultOf('a.xml', ON, { disable: ['dsn'], enable: ['0x2'] });
    const undo = (...files: FileResult[]): string => {
      return lead(files, { disable: ['dsn'], enable: ['0x2'] }).replace(/.*in place\. /, '');
    };
    const kept = written(result, 'a.xml', 'a.xml.bak');
    expect(undo(kept)).toBe('To undo the change, put the backup a.xml.bak back: it is the original.');
    expect(undo(kept, kept)).toBe('To undo the change, put the backups back: they are the originals.');
    const lost = written(result, 'a.xml');
    expect(undo(lost)).toBe(
      'No backup was made: to undo the change, reverse each of the changes that are shown below.',
    );
  });

  test.each([
    [
      { disable: ['chunking', 'binarymime'] },
      'mishandle BINARYMIME and CHUNKING, so that mail is delayed or lost (Microsoft KB 821733)',
    ],
    [{ disable: ['etrn', 'dsn', 'turn'] }, 'The server will no longer offer TURN/ATRN, ETRN and DSN.'],
    [{ disable: ['0x1'], enable: ['dsn'] }, 'turn off the unnamed bits 0x1, turn on DSN on'],
    [{ enable: ['0x2', 'etrn'] }, 'The server will offer ETRN to other mail servers.'],
  ])('says what %j is for', (options: RequestOptions, words) => {
    expect(lead([resultOf('a.xml', metabase(server(1, 7697537)), options)], options)).toContain(words);
  });

  test('counts what is inserted', () => {
    const inserted = resultOf('a.xml', metabase(service(7697601), server(1)), { servers: ['1'] });
    expect(lead([inserted], { servers: ['1'] })).toContain('on 1 virtual server in a.xml.');
    expect(lead([inserted], { servers: ['1'] })).toContain('In the file, 1 value is inserted; every');
    const both = resultOf('a.xml', metabase(server(1, 7697601), server(2), server(3)), { setMissing: true });
    expect(lead([both])).toContain('In the file, 1 value changes and 2 values are inserted; every');
  });

  test('of a file that needs nothing, that is refused, or that is not as requested', () => {
    expect(lead([resultOf('a.xml', OFF)])).toBe(
      'Nothing to change: a.xml is already as requested (turn off 8bitmime).',
    );
    expect(lead([resultOf('a.xml', '<a')])).toBe('Refused: a.xml is not patched; the reason is given below.');
    const NOT =
      'Not as requested: in a.xml a server has no value, and nothing to inherit one from; patch refuses this unless --set-missing inserts one.';
    expect(lead([resultOf('a.xml', metabase(server(1)), {}, 3, 'report')])).toBe(NOT);
    expect(lead([resultOf('a.xml', metabase(server(1), server(2, 7697601)), {}, 3, 'report')])).toContain(NOT);
  });

  test('of several files: how many of each', () => {
    const [on, off, bad] = [resultOf('a.xml', ON), resultOf('b.xml', OFF), resultOf('c.xml', '<a')];
    const all = lead([on, on, off, bad]);
    expect(all).toContain('on 2 SMTP services and 4 virtual servers in 2 of 4 files.');
    expect(all).toContain('In the files, 6 values change;');
    expect(all).toContain('the servers themselves change only when the patched files are put in place.');
    expect(all).toContain('Nothing to change: 1 of 4 files is already as requested (turn off 8bitmime).');
    expect(all).toContain('Refused: 1 of 4 files is not patched; the reason is given below.');
    expect(lead([on, on])).toContain('in all 2 files.');
    expect(lead([off, off])).toContain('all 2 files are already as requested');
    expect(lead([off, bad, bad])).toContain('Refused: 2 of 3 files are not patched;');
  });
});
