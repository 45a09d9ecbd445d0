/** `npm run jest`: all tests, but for those in a browser. */

/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  globalSetup: '<rootDir>/tests/support/build.mjs',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }],
    '\\.(css|md|sh|zsh|ps1)$': '<rootDir>/tests/support/text-transform.cjs',
  },
  testMatch: ['<rootDir>/tests/**/*.test.ts'],
  testPathIgnorePatterns: ['<rootDir>/tests/browser/'],
  // Most tests wait for a process of their own.
  maxWorkers: '100%',
  testTimeout: 60_000,
};
