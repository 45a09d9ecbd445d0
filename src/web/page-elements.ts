/** @returns The element of the page that has this id. */
export function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no #${id}`);
  return found;
}

/** Says beside a field what is wrong with it, and marks it; an empty text removes both. */
export function showProblem(field: 'verbs' | 'servers', problem: string): void {
  element(`${field}-problem`).textContent = problem;
  const marked = field === 'verbs' ? '[role=radiogroup]' : 'input';
  for (const each of element(field).querySelectorAll(marked)) {
    if (problem === '') each.removeAttribute('aria-invalid');
    else each.setAttribute('aria-invalid', 'true');
  }
}
