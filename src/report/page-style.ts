/** The style of the report and of the offline page: system fonts, light and dark, and print. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; --ink: #1b1f24; --quiet: #57606a; --paper: #fff; --soft: #f4f6f8; --line: #d5dae0;
  --good: #176639; --change: #0b4f9e; --bad: #a4161a; --warn: #7a4b00; --del: #ffe3e1; --ins: #d9f5e0; --del-mark: #ffb8b3; --ins-mark: #96e0aa; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ed; --quiet: #a2abb6; --paper: #14181d; --soft: #1d2329; --line: #39424d;
  --good: #6fd391; --change: #7db4ff; --bad: #ff8f89; --warn: #f0b95a; --del: #3d1f20; --ins: #17341f; --del-mark: #7c3033; --ins-mark: #2b6b3d; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, "Segoe UI", sans-serif; }
main, header, footer { max-width: 72rem; margin: 0 auto; padding: 0 1.5rem; }
header { padding-top: 2rem; } footer { padding-bottom: 2rem; color: var(--quiet); font-size: .875rem; }
h1 { font-size: 1.6rem; margin: 0 0 .25rem; } h2 { font-size: 1.2rem; margin: 0 0 .75rem; overflow-wrap: anywhere; }
h3 { font-size: 1rem; margin: 1rem 0 .25rem; overflow-wrap: anywhere; } h3 small { font-weight: 400; color: var(--quiet); font-size: .875rem; }
p { margin: .25rem 0 .5rem; } a { color: var(--change); } code { font-family: ui-monospace, Consolas, monospace; font-size: .9em; }
.file { border-top: 2px solid var(--line); padding: 1.5rem 0; }
.verdict { display: inline-block; margin-left: .5rem; padding: .1rem .6rem; border: 1px solid currentColor; border-radius: 1rem; font-size: .8rem; font-weight: 600; vertical-align: .1em; white-space: nowrap; }
.good { color: var(--good); } .change { color: var(--change); } .bad { color: var(--bad); } .warn { color: var(--warn); }
.message { border-left: 3px solid; padding-left: .75rem; overflow-wrap: anywhere; }
.servers { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 30rem), 1fr)); gap: 1rem; margin: 1rem 0; }
.excerpt { background: var(--soft); border: 1px solid var(--line); border-radius: .5rem; padding: .5rem 1rem; margin: .5rem 0; overflow-x: auto; font: .85rem/1.4 ui-monospace, Consolas, monospace; }
.server { overflow-x: auto; background: var(--soft); border: 1px solid var(--line); border-radius: .5rem; padding: .25rem 1rem 1rem; }
.unselected { background: none; border-style: dashed; } .values { font-variant-numeric: tabular-nums; } .quiet { color: var(--quiet); }
table { border-collapse: collapse; width: 100%; } th { text-align: left; font-weight: 600; } th, td { padding: .2rem .75rem .2rem 0; vertical-align: top; }
.verbs { width: auto; font-size: .875rem; } .verbs thead th { color: var(--quiet); font-weight: 400; } .verbs tr.changed > * { font-weight: 700; }
.verbs tr > * { padding-right: 1rem; } .verbs code { white-space: nowrap; } .verbs del { text-decoration-thickness: 2px; } .verbs ins { text-decoration: none; }
.bit { white-space: nowrap; } .bit i { display: inline-block; width: .8em; height: .8em; margin-right: .4em; border: 2px solid currentColor; border-radius: 50%; vertical-align: -.05em; }
.bit.on i { background: currentColor; } .bit.off { color: var(--quiet); }
.summary td, .summary th { border-bottom: 1px solid var(--line); padding-top: .35rem; padding-bottom: .35rem; overflow-wrap: anywhere; }
.diff { overflow-x: auto; border: 1px solid var(--line); border-radius: .5rem; }
.diff table { font: .8rem/1.45 ui-monospace, Consolas, monospace; table-layout: fixed; min-width: 44rem; }
.diff th { padding: .3rem .75rem; font-family: system-ui, sans-serif; color: var(--quiet); font-weight: 400; } .diff col.number { width: 4rem; }
.diff td { padding: 0 .5rem; white-space: pre-wrap; overflow-wrap: anywhere; } .diff .number { color: var(--quiet); text-align: right; user-select: none; }
.diff tbody + tbody { border-top: 1px dashed var(--line); } .diff td.del { background: var(--del); } .diff td.ins { background: var(--ins); }
.diff del { background: var(--del-mark); text-decoration: none; border-radius: .2em; } .diff ins { background: var(--ins-mark); text-decoration: none; border-radius: .2em; }
.sr { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.skip { position: absolute; left: -100rem; } .skip:focus { left: 1rem; top: .5rem; background: var(--paper); padding: .25rem .75rem; }
:focus-visible { outline: 3px solid var(--change); outline-offset: 2px; }
@media (max-width: 40rem) { main, header, footer { padding-left: .75rem; padding-right: .75rem; } .verbs tr > * { padding-right: .75rem; } }
@media print { body { font-size: 10pt; } .skip { display: none; } .server, .diff tr, .summary tr { break-inside: avoid; } .diff { overflow: visible; } .diff table { min-width: 0; }
  .diff del { text-decoration: line-through; } .diff ins { text-decoration: underline; } }
`;
