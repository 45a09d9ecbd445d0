import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { npm } from './npm.mjs';
import { temporaryFolder } from './temporary-folder.mjs';

/*
 * `npm run test:types`: a program that uses both entries of the packed package is type-checked, strictly and with the package's own
 * declarations checked too, by the oldest and the newest TypeScript that is supported; as CommonJS from 5.8 on, which knows that
 * Node can require an ES module.
 */

const VERSIONS = ['5.0.4', '5.8.3', '6.0.3'];
const FIRST_WITH_REQUIRE = '5.8.3';

const ES_MODULE = `
import { inspect, MetabaseError, patch, verify, VERBS, type Code, type PatchOptions, type PatchResult } from 'iis-metabase-patch';
import { inspectFile, patchFile, verifyFiles, type PatchFileOptions } from 'iis-metabase-patch/node';
const options: PatchOptions = { disable: ['chunking', 0x10], servers: ['1'], name: 'a.xml' };
const result: PatchResult = patch(new Uint8Array(), options);
const isOn: boolean | null | undefined = result.servers[0]?.verbs['8bitmime']?.before;
const fileOptions: PatchFileOptions = { inPlace: true, onProgress: (offset, length) => offset / length };
export const codeOf = (error: unknown): Code | null => (error instanceof MetabaseError ? error.code : null);
export const files = [patchFile('a.xml', fileOptions), inspectFile('a.xml'), verifyFiles('a.xml', 'b.xml')];
export const memory = [inspect(result.bytes, { enable: ['dsn'] }), verify(result.bytes, result.bytes).ok, isOn, VERBS];
`;
const COMMON_JS = `
import library = require('iis-metabase-patch');
export const diff: string = library.patch(new Uint8Array()).diff;
`;

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = temporaryFolder('types');
const install = (...words) => npm(['install', '--silent', '--no-audit', '--no-fund', ...words], folder);
const strict = ['--noEmit', '--strict', '--exactOptionalPropertyTypes', '--target', 'es2022', '--types', 'node'];

function check(version, file, ...options) {
  const tsc = join(folder, `node_modules/typescript-${version}/bin/tsc`);
  execFileSync(process.execPath, [tsc, ...strict, ...options, file], { cwd: folder, stdio: 'inherit' });
}

writeFileSync(join(folder, 'package.json'), '{ "private": true }');
writeFileSync(join(folder, 'program.mts'), ES_MODULE);
writeFileSync(join(folder, 'program.cts'), COMMON_JS);
const pack = [join(root, 'scripts/pack.mjs'), folder];
const packed = execFileSync(process.execPath, pack, { encoding: 'utf8' }).trim();
const compilers = VERSIONS.map((version) => `typescript-${version}@npm:typescript@${version}`);
install(join(folder, packed), '@types/node@20', ...compilers);
for (const version of VERSIONS) {
  check(version, 'program.mts', '--module', 'nodenext', '--moduleResolution', 'nodenext');
  check(version, 'program.mts', '--module', 'esnext', '--moduleResolution', 'bundler');
  if (version >= FIRST_WITH_REQUIRE) check(version, 'program.cts', '--module', 'nodenext');
  console.log(`TypeScript ${version} accepts the types.`);
}
