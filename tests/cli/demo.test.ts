import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { folderWith, runProgram } from '../support/command.ts';
import { ON } from '../support/metabase.ts';

const DEMO = fileURLToPath(new URL('../../scripts/demo.mjs', import.meta.url));

test('npm start patches a sample, shows the diff, and ends with the command to type next', () => {
  const { status, out } = runProgram(process.execPath, [DEMO]);
  expect(status).toBe(0);
  expect(out).toMatch(
    /\+\t\tSmtpInboundCommandSupportOptions="3503297"\r\n[^]*\nnpm start -- path\/to\/MetaBase\.xml\n$/,
  );
});

test("npm start -- FILE... makes a dry run of the user's own files, named from where npm was called", () => {
  const folder = folderWith({ 'a.xml': ON, 'b.xml': ON });
  const { status, out, err } = runProgram(process.execPath, [DEMO, '--server', '1', 'a.xml', 'b.xml'], {
    env: { INIT_CWD: folder },
  });
  expect(status).toBe(0);
  expect(out).toMatch(/^\$ iis-metabase-patch -n --server 1 a\.xml b\.xml\n--- a\/a\.xml\n/);
  expect(err).toContain('b.xml: 1 value to change; it would be written to b.patched.xml');
  expect(readdirSync(folder)).toEqual(['a.xml', 'b.xml']);
  expect(runProgram(process.execPath, [DEMO, 'none.xml'], { env: { INIT_CWD: folder } }).status).toBe(2);
});
