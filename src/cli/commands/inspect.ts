import { formatValue, pluralize, verbChanges } from '../../report/format.ts';
import { liveCommandLines } from '../../report/live-commands.ts';
import type { FileResult, ServerResult } from '../../report/result.ts';
import { serverLines } from '../../report/table.ts';
import type { Presentation } from '../for-each-input.ts';

/** Every SMTP key, before and after the request. */
export const show: Presentation = {
  async print(result, { json, commands }, terminal) {
    if (!json) await terminal.paragraph([...serverLines(result), ...(commands ? liveCommandLines(result) : [])]);
  },
};

/** Which selected keys are not in the requested state. */
export const check: Presentation = {
  async print(result, { json }, terminal) {
    if (result.ok) await terminal.summary(`${result.file}: ok`);
    else if (!json) await terminal.lines(findings(result));
  },
  total(results) {
    const files = results.length;
    const refused = results.filter(({ error }) => error !== null).length;
    const ok = results.filter((result) => result.ok).length;
    return `${pluralize(files, 'file')}: ${ok} ok, ${files - refused - ok} not ok, ${refused} refused`;
  },
};

function findings({ file, servers }: FileResult): string[] {
  const wrong = servers.filter(({ ok }) => ok === false);
  return wrong.map((server) => `${file}:${server.line}:${server.column}: ${finding(server)}`);
}

function finding({ location, value, newValue }: ServerResult): string {
  if (value === null)
    return `${location} has no value, and nothing to inherit one from; patch --set-missing inserts one`;
  if (newValue === null || newValue === value)
    return `${location} is ${formatValue(value)}, but it has another value too, which is not as requested`;
  const wanted = `should be ${formatValue(newValue)}: ${verbChanges(value, newValue)}`;
  return `${location} is ${formatValue(value)}, ${wanted}`;
}
