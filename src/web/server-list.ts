import { toPath } from '../locator/smtp-keys.ts';
import { html, type Html } from '../report/html.ts';
import type { FoundServer } from './messages.ts';
import { element } from './page-elements.ts';

/** More servers than this are folded away at first. */
const MAX_UNFOLDED = 10;

/** The servers that are in the chosen files, to be ticked. */
export class ServerList {
  readonly #place = element('servers');
  readonly #placeholder = this.#place.innerHTML;
  #servers: readonly FoundServer[] = [];

  constructor(onChange: () => void) {
    this.#place.addEventListener('click', ({ target }) => {
      if (!(target instanceof HTMLButtonElement)) return;
      for (const box of this.#boxes()) box.checked = target.value === 'all';
      onChange();
    });
  }

  /** The Locations that are ticked; null if these are the ones that a request without servers selects. */
  get chosen(): readonly string[] | null {
    const ticked = this.#boxes().map((box) => box.checked);
    const isDefault = this.#servers.every(({ isDefault }, i) => isDefault === ticked[i]);
    return isDefault ? null : this.#servers.filter((_, i) => ticked[i]).map(({ location }) => location);
  }

  /** Forgets the servers of other files. */
  clear(): void {
    this.#servers = [];
    this.#place.innerHTML = this.#placeholder;
  }

  /** Lists the servers of all files, each Location once; the ticks stay if the same files are patched again. */
  show(found: readonly FoundServer[]): void {
    if (found.length === 0) {
      this.clear();
      return;
    }
    const servers = merged(found);
    const isKept = servers.length === this.#servers.length && this.chosen !== null;
    const ticked = this.#boxes().map((box) => box.checked);
    this.#servers = servers;
    if (this.#boxes().length === servers.length) {
      this.#boxes().forEach((box, i) => (box.checked = isKept ? ticked[i] : servers[i].isDefault));
    } else this.#place.innerHTML = list(servers).html;
  }

  #boxes(): HTMLInputElement[] {
    return [...this.#place.querySelectorAll('input')];
  }
}

function merged(found: readonly FoundServer[]): FoundServer[] {
  const byPath = new Map<string, FoundServer[]>();
  for (const server of found) {
    const path = toPath(server.location);
    byPath.set(path, [...(byPath.get(path) ?? []), server]);
  }
  return Array.from(byPath.values(), (same) => {
    const comments = [...new Set(same.flatMap(({ comment }) => comment ?? []))];
    const comment = comments.length === 0 ? null : comments.join(', ');
    return { location: same[0].location, comment, isDefault: same.some(({ isDefault }) => isDefault) };
  });
}

function list(servers: readonly FoundServer[]): Html {
  const boxes = servers.map(
    ({ location, comment, isDefault }) =>
      html`<label class="tick"><input type="checkbox" value="${location}"${isDefault ? html` checked` : null} aria-describedby="servers-problem"><span>${location}${comment === null ? null : html` <small>${comment}</small>`}</span></label>`,
  );
  const all = html`<button type="button" value="all">Tick all</button> <button type="button" value="none">Tick none</button>`;
  if (servers.length <= MAX_UNFOLDED)
    return html`${boxes}${servers.length > 2 ? html`<p class="buttons">${all}</p>` : null}`;
  return html`<details><summary>Choose among the ${servers.length} servers</summary><p class="buttons">${all}</p><div class="boxes">${boxes}</div></details>`;
}
