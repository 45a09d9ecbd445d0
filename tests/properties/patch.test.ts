import fc from 'fast-check';
import { writeFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MetabaseError, patch, verify, type PatchOptions } from '../../src/index.ts';
import { type OracleRequest, predict } from '../oracle/predict.ts';
import { folderWith, runProgram } from '../support/command.ts';
import { assertProperty, isReplay } from './assert-property.ts';
import { anExport, aRequest, type GeneratedRequest, toBytes } from './exports.ts';
import { aPatchableMutant } from './mutants.ts';
import { testWith } from '../support/platform.ts';

const RUNS = { numRuns: 600 };

function optionsOf({ disable, enable, servers, setMissing }: GeneratedRequest): PatchOptions {
  return { disable: [disable], enable: enable === 0 ? [] : [enable], servers, setMissing };
}

/** @returns The patched bytes, or the code of the refusal. */
function patched(bytes: Uint8Array, options: PatchOptions): Uint8Array | string {
  try {
    return patch(bytes, options).bytes;
  } catch (error) {
    if (error instanceof MetabaseError) return error.code;
    throw error;
  }
}

function toOracle({ servers, ...request }: GeneratedRequest): OracleRequest {
  const locations = servers?.map((server) => (server.startsWith('/') ? server.toLowerCase() : `/lm/smtpsvc/${server}`));
  return { ...request, servers: locations ?? null };
}

/** The codes that the oracle knows; it does not check well-formedness. */
const isFromOracle = (code: string): boolean => /^(NO_SMTP_SERVER|UNKNOWN_SERVER|VALUE_)/.test(code);

const toText = (result: Uint8Array | string): string =>
  typeof result === 'string' ? result : Buffer.from(result).toString('latin1');

test('the patched file, or the refusal, is what the oracle predicts', () => {
  let patchedOnes = 0;
  assertProperty(
    fc.property(anExport, aRequest, (generated, request) => {
      const result = patched(toBytes(generated), optionsOf(request));
      if (typeof result !== 'string') patchedOnes++;
      expect(toText(result)).toBe(toText(predict(toBytes(generated), toOracle(request))));
    }),
    { numRuns: 1500 },
  );
  if (!isReplay) expect(patchedOnes).toBeGreaterThan(300);
});

test('a mutant of a fixture is patched as the oracle predicts, and a second patch changes nothing', () => {
  let patchedOnes = 0;
  assertProperty(
    fc.property(aPatchableMutant, aRequest, ({ bytes }, request) => {
      const result = patched(bytes, optionsOf(request));
      if (typeof result === 'string' && !isFromOracle(result)) return;
      expect(toText(result)).toBe(toText(predict(bytes, toOracle(request))));
      if (typeof result === 'string') return;
      patchedOnes++;
      expect(toText(patched(result, optionsOf(request)))).toBe(toText(result));
      expect(verify(bytes, result, optionsOf(request))).toEqual({ ok: true, differences: [] });
    }),
    { numRuns: 2500 },
  );
  if (!isReplay) expect(patchedOnes).toBeGreaterThan(200);
});

test('everything outside the edits is the input, and the edits are as reported', () => {
  assertProperty(
    fc.property(anExport, aRequest, (generated, request) => {
      const bytes = Buffer.from(toBytes(generated));
      const options = optionsOf(request);
      if (typeof patched(bytes, options) === 'string') return;
      const { bytes: output, edits } = patch(bytes, options);
      let at = 0;
      const parts = edits.flatMap((edit) => {
        const kept = bytes.subarray(at, edit.offset);
        at = edit.offset + edit.length;
        if (edit.old !== null) expect(bytes.subarray(edit.offset, at).equals(Buffer.from(edit.old))).toBe(true);
        return [kept, Buffer.from(edit.new)];
      });
      expect(Buffer.concat([...parts, bytes.subarray(at)]).equals(output)).toBe(true);
    }),
    RUNS,
  );
});

test('patching twice is the same as once, and verify agrees', () => {
  assertProperty(
    fc.property(anExport, aRequest, (generated, request) => {
      const bytes = toBytes(generated);
      const options = optionsOf(request);
      const output = patched(bytes, options);
      if (typeof output === 'string') return;
      expect(toText(patched(output, options))).toBe(toText(output));
      expect(verify(bytes, output, options)).toEqual({ ok: true, differences: [] });
      const isSame = Buffer.from(bytes).equals(output);
      expect(verify(bytes, bytes, options).ok).toBe(isSame);
    }),
    RUNS,
  );
});

test('only the requested bits change, and only in selected keys', () => {
  assertProperty(
    fc.property(anExport, aRequest, (generated, request) => {
      const { disable, enable } = request;
      const bytes = toBytes(generated);
      const options = optionsOf(request);
      const output = patched(bytes, options);
      if (typeof output === 'string') return;
      const before = patch(bytes, options).servers;
      const after = patch(output, options).servers;
      before.forEach(({ value, newValue, selected, source }, i) => {
        expect(after[i].value).toBe(newValue);
        if (value === null || newValue === null) return;
        // A value that --set-missing gives the service comes before one from outside the file.
        const mayBeReplaced = request.setMissing !== null && source === 'IIsInheritedProperties';
        if (!mayBeReplaced) expect(((value ^ newValue) & ~(disable | enable)) >>> 0).toBe(0);
        if (selected) expect([(newValue & disable) >>> 0, (~newValue & enable) >>> 0]).toEqual([0, 0]);
      });
    }),
    RUNS,
  );
});

test('disabling and then enabling restores the original bytes, if every selected key has its own plain decimal with the bit on', () => {
  const own = /SmtpInboundCommandSupportOptions="[1-9][0-9]*"/;
  const keys = fc.array(
    fc.tuple(
      fc.constantFrom('', '/1', '/2', '/3'),
      fc.nat({ max: 0xffffffff }).map((value) => (value | 0x400000) >>> 0),
    ),
    { minLength: 1, maxLength: 5 },
  );
  assertProperty(
    fc.property(keys, (all) => {
      const lines = all.map(
        ([path, value]) => `<k Location="/LM/SmtpSvc${path}" SmtpInboundCommandSupportOptions="${value}"/>`,
      );
      const bytes = Buffer.from(`<configuration><MBProperty>\r\n${lines.join('\r\n')}</MBProperty></configuration>`);
      expect(bytes.toString()).toMatch(own);
      const off = patch(bytes, { disable: ['8bitmime'] }).bytes;
      expect(Buffer.from(patch(off, { enable: ['8bitmime'] }).bytes).equals(bytes)).toBe(true);
    }),
    RUNS,
  );
});

testWith('git', 'patch')('git and patch turn the input into the output by the diff alone, whatever the context', () => {
  let applied = 0;
  assertProperty(
    fc.property(anExport, aRequest, fc.nat({ max: 5 }), (generated, request, context) => {
      const bytes = toBytes(generated);
      const options = { ...optionsOf(request), context, name: 'MetaBase.xml' };
      if (typeof patched(bytes, options) === 'string') return;
      const { diff, bytes: output, changed } = patch(bytes, options);
      expect(diff === '').toBe(!changed);
      if (!changed) return;
      applied++;
      const words = [
        '-c',
        'core.autocrlf=false',
        'apply',
        '--whitespace=nowarn',
        ...(context === 0 ? ['--unidiff-zero'] : []),
        'd',
      ];
      for (const [program, args] of [
        ['git', words],
        ['patch', ['-s', '-p1', '--binary', '-i', 'd']],
      ] as const) {
        const cwd = folderWith({ 'MetaBase.xml': bytes, d: diff });
        expect(runProgram(program, args, { cwd })).toMatchObject({ status: 0, err: '' });
        expect(readFileSync(join(cwd, 'MetaBase.xml')).equals(output)).toBe(true);
        writeFileSync(join(cwd, 'd'), '');
      }
    }),
    { numRuns: 250 },
  );
  if (!isReplay) expect(applied).toBeGreaterThan(30);
});
