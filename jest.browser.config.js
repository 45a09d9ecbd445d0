import base from './jest.config.js';

/** The tests that need a browser, run by `npm run test:browser`. */
export default { ...base, testMatch: ['<rootDir>/tests/browser/**/*.test.ts'], testPathIgnorePatterns: [] };
