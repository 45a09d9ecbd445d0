import base from './jest.config.js';

const WHOLE = { statements: 100, branches: 100, functions: 100, lines: 100 };

/** `npm run coverage`: the unit tests of the core, which reach all of it. The slow ones among its tests are left to the others. */
export default {
  ...base,
  globalSetup: undefined,
  testMatch: [
    '<rootDir>/tests/{source,parser,locator,patch,writer}/**/*.test.ts',
    '<rootDir>/tests/report/result.test.ts',
    '<rootDir>/tests/verbs.test.ts',
  ],
  testPathIgnorePatterns: ['/parser/(linear|characters).test.ts$', '/writer/applied.test.ts$'],
  collectCoverage: true,
  coverageDirectory: 'reports/coverage',
  coverageReporters: ['text-summary', 'text'],
  collectCoverageFrom: ['src/{source,parser,locator,patch,writer}/**/*.ts', 'src/verbs.ts', 'src/report/result.ts'],
  coverageThreshold: { global: WHOLE },
};
