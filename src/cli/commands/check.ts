import type { FileResult, ServerResult } from '../../report/result.ts';
import { formatValue, pluralize, verbChanges } from '../../report/format.ts';
import { forEachInput, type RunResult } from '../for-each-input.ts';
import { inspectInput } from '../inspect-input.ts';
import type { Invocation } from '../invocation.ts';
import type { Terminal, ProcessStreams } from '../terminal.ts';

/** Reports which selected keys are not in the requested state; the status is 1 if there are any. */
export async function check(invocation: Invocation, terminal: Terminal, streams: ProcessStreams): Promise<RunResult> {
  let right = 0;
  const done = await forEachInput(invocation, terminal, streams, {
    run: (input) =>
      inspectInput(input, invocation, terminal, ({ servers }) => {
        return invocation.json || (!invocation.quiet && servers.some(({ selected, ok }) => selected && !ok));
      }),
    async print(result) {
      if (result.ok) {
        right++;
        await terminal.summary(`${result.file}: ok`);
        return 0;
      }
      if (!invocation.json) await terminal.lines(findings(result));
      return 1;
    },
  });
  const { files, refused } = done.counts;
  const wrong = files - refused - right;
  if (files > 1) {
    await terminal.summary(`${pluralize(files, 'file')}: ${right} ok, ${wrong} not ok, ${refused} refused`);
  }
  return done;
}

function findings({ file, servers }: FileResult): string[] {
  const wrong = servers.filter(({ ok }) => ok === false);
  return wrong.map((server) => `${file}:${server.line}:${server.column}: ${finding(server)}`);
}

function finding({ location, value, newValue }: ServerResult): string {
  if (value === null) return `${location} has no value, and nothing to inherit one from`;
  if (newValue === null || newValue === value) return `${location} has another value that is not as requested`;
  const wanted = `should be ${formatValue(newValue)}: ${verbChanges(value, newValue)}`;
  return `${location} is ${formatValue(value)}, ${wanted}`;
}
