const { TestEnvironment } = require('jest-environment-node');

/** The mutants that a test has killed. */
const killed = new Set();

/** For mutation tests: after the first test that fails, the others need not run for that mutant. Jest itself stops only after a file. */
module.exports = class FailFastEnvironment extends TestEnvironment {
  handleTestEvent({ name, test }) {
    const mutant = process.env.__STRYKER_ACTIVE_MUTANT__;
    if (name === 'test_fn_failure') killed.add(mutant);
    if (name === 'test_start' && killed.has(mutant)) test.mode = 'skip';
  }
};
