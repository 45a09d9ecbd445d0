import { readPlan } from '../../files/read-plan.ts';
import { liveCommandsText } from '../../report/live-commands.ts';
import { serversTable } from '../../report/table.ts';
import { eachInput, type Outcomes } from '../each-input.ts';
import type { Invocation } from '../invocation.ts';
import { toView } from '../outcome.ts';
import type { Terminal, World } from '../terminal.ts';

/** Prints every SMTP key of each input, before and after the request. */
export async function show(invocation: Invocation, terminal: Terminal, world: World): Promise<Outcomes> {
  let hasText = false;
  return eachInput(invocation, terminal, world, {
    async run(input) {
      const progress = terminal.progress(input.path);
      const planned = await readPlan(input.source, invocation.request, 'report', progress.onProgress);
      await progress.done();
      input.assertUnchanged();
      const context = invocation.report === null ? null : invocation.context;
      return { view: toView(planned, { inspection: true, context }), output: null, backup: null };
    },
    async show({ file, view: { inspection } }) {
      if (invocation.json || inspection === null) return 0;
      const commands = invocation.commands ? liveCommandsText(inspection) : '';
      await terminal.text(`${hasText ? '\n' : ''}${serversTable(file, inspection)}${commands}`);
      hasText = true;
      return 0;
    },
  });
}
