import type { ServerResult } from '../../report/result.ts';
import { counted, inBothBases, verbChanges } from '../../report/words.ts';
import { eachInput, type Outcomes } from '../each-input.ts';
import type { Invocation } from '../invocation.ts';
import { isOk, type View } from '../outcome.ts';
import { readView } from '../read-view.ts';
import type { Terminal, ProcessStreams } from '../terminal.ts';

/** Says which selected keys are not in the requested state; the status is 1 where there are any. */
export async function check(invocation: Invocation, terminal: Terminal, streams: ProcessStreams): Promise<Outcomes> {
  const needsAll = invocation.json || invocation.report !== null;
  let right = 0;
  const done = await eachInput(invocation, terminal, streams, {
    run: (input) =>
      readView(input, invocation, terminal, ({ servers }) => {
        return needsAll || (!invocation.quiet && servers.some(({ selected, isOk }) => selected && !isOk));
      }),
    async show({ file, view }) {
      if (isOk(view)) {
        right++;
        await terminal.summary(`${file}: ok`);
        return 0;
      }
      if (!invocation.json) await terminal.lines(findings(file, view));
      return 1;
    },
  });
  const { files, refused } = done.counts;
  const wrong = files - refused - right;
  if (files > 1) await terminal.summary(`${counted(files, 'file')}: ${right} ok, ${wrong} not ok, ${refused} refused`);
  return done;
}

function findings(file: string, { plan, inspection }: View): string[] {
  const wrong = inspection?.servers.filter((_, i) => plan.servers[i].selected && !plan.servers[i].isOk) ?? [];
  return wrong.map((server) => `${file}:${server.line}:${server.column}: ${finding(server)}`);
}

function finding({ location, value, newValue }: ServerResult): string {
  if (value === null) return `${location} has no value, nor anything to inherit one from`;
  if (newValue === null || newValue === value) return `${location} has another value that is not as requested`;
  const wanted = `should be ${inBothBases(newValue)}: ${verbChanges(value, newValue)}`;
  return `${location} is ${inBothBases(value)}, ${wanted}`;
}
