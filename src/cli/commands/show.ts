import { liveCommandLines } from '../../report/live-commands.ts';
import { serversTable } from '../../report/table.ts';
import { forEachInput, type RunResult } from '../for-each-input.ts';
import { inspectInput } from '../inspect-input.ts';
import type { Invocation } from '../invocation.ts';
import type { Terminal, ProcessStreams } from '../terminal.ts';

/** Prints every SMTP key of each input, before and after the request. */
export async function show(invocation: Invocation, terminal: Terminal, streams: ProcessStreams): Promise<RunResult> {
  let hasText = false;
  return forEachInput(invocation, terminal, streams, {
    run: (input) => inspectInput(input, invocation, terminal, () => invocation.json),
    async print(result) {
      if (invocation.json) return 0;
      const commands = invocation.commands ? liveCommandLines(result) : [];
      await terminal.lines([...(hasText ? [''] : []), ...serversTable(result), ...commands]);
      hasText = true;
      return 0;
    },
  });
}
