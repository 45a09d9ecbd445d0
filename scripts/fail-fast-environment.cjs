const { TestEnvironment } = require('jest-environment-node');

/** The mutants that a test has found. */
const found = new Set();

/** For mutation tests: behind the first test that fails, the others of the mutant need not run. Jest itself stops after whole files only. */
module.exports = class FailFastEnvironment extends TestEnvironment {
  handleTestEvent({ name, test }) {
    const mutant = process.env.__STRYKER_ACTIVE_MUTANT__;
    if (name === 'test_fn_failure') found.add(mutant);
    if (name === 'test_start' && found.has(mutant)) test.mode = 'skip';
  }
};
