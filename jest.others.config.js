import base from './jest.config.js';

/** What `npm test` runs after the unit tests of the core. */
export default {
  ...base,
  testPathIgnorePatterns: [
    ...base.testPathIgnorePatterns,
    '/tests/(source|locator|patch)/',
    '/tests/parser/(?!linear|characters)',
    '/tests/writer/(?!applied)',
    '/tests/report/result.test.ts$',
    '/tests/verbs.test.ts$',
  ],
};
