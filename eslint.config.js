import tseslint from 'typescript-eslint';

/** The rooms of src in the order in which data goes through them: each may import from those before it. */
const ROOMS = ['source', 'parser', 'locator', 'patch', 'writer', 'report', 'files', 'cli', 'web'];

/** The rooms that may use Node; the others serve a browser too. */
const NODE_ROOMS = ['files', 'cli'];

const importDirection = ROOMS.map((room, at) => {
  const later = ROOMS.slice(at + 1).filter((other) => room !== 'web' || other !== 'cli');
  const patterns = [];
  if (later.length > 0) {
    patterns.push({ regex: `^\\.\\./(${later.join('|')})/`, message: `${room} comes before that room.` });
  }
  if (room === 'web') patterns.push({ regex: '^\\.\\./(files|cli)/', message: 'The page runs without Node.' });
  if (!NODE_ROOMS.includes(room)) patterns.push({ regex: '^node:', message: 'The core runs without Node.' });
  return {
    files: [`src/${room}/**/*.ts`],
    rules: { 'no-restricted-imports': ['error', { patterns }] },
  };
});

/** Only the command prints, exits or reads the environment; what deals with files may ask for the platform. */
const globals = [
  {
    files: ['src/**/*.ts'],
    ignores: ['src/files/**', 'src/cli/**', 'src/web/**'],
    rules: { 'no-restricted-globals': ['error', 'console', 'process', 'Buffer'] },
  },
  { files: ['src/files/**/*.ts'], rules: { 'no-restricted-globals': ['error', 'console', 'Buffer'] } },
];

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
    },
  },
  ...importDirection,
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
