/** What the offline page has beyond the report's style. */
export const WEB_STYLE = `
#options { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 28rem), 1fr)); gap: 1rem; margin: 1rem 0; }
.drop { grid-column: 1 / -1; border: 2px dashed var(--line); border-radius: .5rem; padding: 1.25rem; display: flex; flex-wrap: wrap; gap: .75rem 1.5rem; align-items: center; }
fieldset { border: 1px solid var(--line); border-radius: .5rem; padding: .5rem 1rem 1rem; margin: 0; min-width: 0; } legend { font-weight: 600; padding: 0 .4rem; }
.choices { width: auto; } .choices th, .choices td { padding: .1rem 1.25rem .1rem 0; } .choices thead th { color: var(--quiet); font-weight: 400; }
.choices td span { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
input { font: inherit; accent-color: var(--change); } input[type=text] { width: 100%; padding: .3rem .5rem; color: inherit; background: var(--paper); border: 1px solid var(--quiet); border-radius: .3rem; }
.working { padding: .5rem 0; } progress { width: 16rem; max-width: 100%; vertical-align: middle; }
.saves { display: flex; flex-wrap: wrap; gap: .75rem; } .saves a { border: 1px solid currentColor; border-radius: .4rem; padding: .3rem .9rem; text-decoration: none; font-weight: 600; overflow-wrap: anywhere; }
`;
