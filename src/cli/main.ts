#!/usr/bin/env node
import { cli } from './cli.ts';

// The status is set, not exited with, so that what is still on its way to a pipe gets there.
void cli(process.argv.slice(2), process).then((status) => {
  process.exitCode = status;
});
