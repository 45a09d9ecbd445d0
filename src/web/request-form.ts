import { type Request, toRequest } from '../patch/request.ts';
import { html } from '../report/html.ts';
import { VERB_NAMES } from '../verbs.ts';
import { element, showProblem } from './page-elements.ts';
import type { ServerList } from './server-list.ts';

const STATES = ['keep', 'off', 'on'] as const;

/** Draws a choice for each verb: keep, off or on. 8bitmime is off at first, the usual request. */
export function drawVerbs(): void {
  const rows = VERB_NAMES.map((verb) => {
    const isChosen = (state: string): boolean => state === (verb === '8bitmime' ? 'off' : 'keep');
    const choices = STATES.map(
      (state) =>
        html`<label><input type="radio" name="${verb}" value="${state}"${isChosen(state) ? html` checked` : null}> ${state}</label> `,
    );
    return html`<div class="verb" role="radiogroup" aria-labelledby="verb-${verb}" aria-describedby="verbs-problem"><span id="verb-${verb}">${verb}</span> ${choices}</div>`;
  });
  element('verbs').innerHTML = html`${rows}`.html;
}

/** @returns What the form asks for; null if that is nothing, and then a message beside the field says so. */
export function readRequest(form: HTMLFormElement, servers: ServerList): Request | null {
  const data = new FormData(form);
  const verbs = (state: string): string[] => VERB_NAMES.filter((verb) => data.get(verb) === state);
  const [disable, enable] = [verbs('off'), verbs('on')];
  const asksForVerb = disable.length + enable.length > 0;
  const asksForServer = servers.chosen?.length !== 0;
  showProblem('verbs', asksForVerb ? '' : 'No verb is chosen: choose off or on for at least one.');
  showProblem('servers', asksForServer ? '' : 'No server is chosen: choose at least one server.');
  if (!asksForVerb || !asksForServer) return null;
  return toRequest({ disable, enable, servers: servers.chosen, setMissing: data.get('set-missing') !== null });
}
