import { liveCommandLines } from '../../report/live-commands.ts';
import { serversTable } from '../../report/table.ts';
import { eachInput, type Outcomes } from '../each-input.ts';
import type { Invocation } from '../invocation.ts';
import { readView } from '../read-view.ts';
import type { Terminal, ProcessStreams } from '../terminal.ts';

/** Prints every SMTP key of each input, before and after the request. */
export async function show(invocation: Invocation, terminal: Terminal, streams: ProcessStreams): Promise<Outcomes> {
  let hasText = false;
  return eachInput(invocation, terminal, streams, {
    run: (input) => readView(input, invocation, terminal, () => true),
    async show({ file, view: { inspection } }) {
      if (invocation.json || inspection === null) return 0;
      const commands = invocation.commands ? liveCommandLines(inspection) : [];
      await terminal.lines([...(hasText ? [''] : []), ...serversTable(file, inspection), ...commands]);
      hasText = true;
      return 0;
    },
  });
}
