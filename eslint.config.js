import tseslint from 'typescript-eslint';

/** The folders of src in the order in which data goes through them: each may import from those before it. */
const FOLDERS = ['source', 'parser', 'locator', 'patch', 'writer', 'report', 'ehlo', 'files', 'cli', 'web'];

/** The folders that may use Node; the others serve a browser too. */
const NODE_FOLDERS = ['ehlo', 'files', 'cli'];

/** What can open a connection: only ehlo, whose work that is, may use it. */
const NETWORK_MODULES = {
  regex: '^(node:)?(dgram|dns|http|http2|https|net|tls)(/|$)',
  message: 'Only src/ehlo opens a connection.',
};
const NETWORK_GLOBALS = ['fetch', 'EventSource', 'WebSocket', 'XMLHttpRequest'];

const importDirection = FOLDERS.map((folder, at) => {
  const later = FOLDERS.slice(at + 1).filter((other) => folder !== 'web' || other !== 'cli');
  const patterns = folder === 'ehlo' ? [] : [NETWORK_MODULES];
  if (later.length > 0) {
    patterns.push({ regex: `^\\.\\./(${later.join('|')})/`, message: `${folder} comes before that folder.` });
  }
  if (folder === 'web') patterns.push({ regex: '^\\.\\./(ehlo|files|cli)/', message: 'The page runs without Node.' });
  if (!NODE_FOLDERS.includes(folder)) patterns.push({ regex: '^node:', message: 'The core runs without Node.' });
  return {
    files: [`src/${folder}/**/*.ts`],
    rules: { 'no-restricted-imports': ['error', { patterns }] },
  };
});

/** Only the command prints, exits or reads the environment; what deals with files may ask for the platform. */
const globals = [
  { files: ['src/**/*.ts'], names: ['console', 'process', 'Buffer'] },
  { files: ['src/files/**/*.ts'], names: ['console', 'Buffer'] },
  { files: ['src/{cli,web}/**/*.ts'], names: [] },
].map(({ files, names }) => ({
  files,
  rules: { 'no-restricted-globals': ['error', ...names, ...NETWORK_GLOBALS] },
}));

/** The entries, at the top of src, are not in a folder. */
const entries = { files: ['src/*.ts'], rules: { 'no-restricted-imports': ['error', { patterns: [NETWORK_MODULES] }] } };

export default tseslint.config(
  { ignores: ['dist', 'coverage', 'release', 'reports', 'fixtures'] },
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      // A method reads the same whatever it needs of `this`; a generator or visitor may ignore a parameter.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
      // A byte is a number; an enum gives names to those that mean something.
      '@typescript-eslint/no-unsafe-enum-comparison': 'off',
    },
  },
  ...importDirection,
  entries,
  ...globals,
  {
    files: ['**/*.js', '**/*.mjs', '**/*.cjs'],
    extends: [tseslint.configs.disableTypeChecked],
  },
  {
    files: ['**/*.cjs'],
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
);
