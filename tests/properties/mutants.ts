import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { fileURLToPath } from 'node:url';

/* Inputs that are almost those of the fixtures: each has a few of its bytes changed. */

/** What a mutation inserts: markup, and characters that are not allowed or not ASCII. */
export const TOKENS = [
  '<',
  '>',
  '&',
  '"',
  "'",
  '=',
  '/',
  '?',
  '!',
  '-',
  ']',
  ';',
  ' ',
  '\n',
  'x',
  '\u0001',
  '\uffff',
  'é',
  '<!--',
  ']]>',
  '<![CDATA[',
  '<?',
  '&#0;',
  '&lt;',
  '<a>',
  '</a>',
  '<a/>',
];

/** What else it may insert into a metabase. */
const METABASE_TOKENS = [
  ' Location="/LM/SmtpSvc/1"',
  ' SmtpInboundCommandSupportOptions="7697601"',
  '<Custom ID="3699800" Value="7697601"/>',
  '<Custom ID="36998" Value="7697601"/>',
  '<IIsInheritedProperties Location="/LM/SmtpSvc/1" SmtpInboundCommandSupportOptions="7697601"/>',
  '/LM',
  '7697601',
  '&#55;',
  '（部）',
];

const FIXTURES = fileURLToPath(new URL('../../fixtures', import.meta.url));

const fixtures = readdirSync(FIXTURES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => ({
    name,
    input: readFileSync(`${FIXTURES}/${name}/input.xml`),
    isRefused: existsSync(`${FIXTURES}/${name}/error.json`),
  }));

const place = fc.nat();
const length = fc.integer({ min: 1, max: 100 });
const mutation = fc.oneof(
  fc.record({ kind: fc.constant('flip' as const), place, bit: fc.nat({ max: 7 }) }),
  fc.record({ kind: fc.constant('delete' as const), place, length }),
  fc.record({ kind: fc.constant('duplicate' as const), place, length }),
  fc.record({ kind: fc.constant('insert' as const), place, token: fc.constantFrom(...TOKENS, ...METABASE_TOKENS) }),
);

type Mutation = typeof mutation extends fc.Arbitrary<infer Value> ? Value : never;

function mutate(bytes: Buffer, mutation: Mutation): Buffer {
  const at = mutation.place % (bytes.length + 1);
  const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)];
  switch (mutation.kind) {
    case 'flip':
      return Buffer.concat([
        before,
        Buffer.from(after.subarray(0, 1).map((byte) => byte ^ (1 << mutation.bit))),
        after.subarray(1),
      ]);
    case 'delete':
      return Buffer.concat([before, after.subarray(mutation.length)]);
    case 'duplicate':
      return Buffer.concat([before, after.subarray(0, mutation.length), after]);
    case 'insert':
      return Buffer.concat([before, Buffer.from(mutation.token), after]);
  }
}

/** The input of a fixture after some mutations. */
export class Mutant {
  readonly bytes: Uint8Array;

  constructor(
    readonly fixture: (typeof fixtures)[number],
    readonly mutations: readonly Mutation[],
  ) {
    this.bytes = mutations.reduce(mutate, fixture.input);
  }

  /** What fast-check prints: the mutations, not all the bytes. */
  [fc.toStringMethod](): string {
    return `${this.fixture.name} ${JSON.stringify(this.mutations)}`;
  }
}

const mutantOf = (from: typeof fixtures, maxLength: number): fc.Arbitrary<Mutant> =>
  fc
    .tuple(fc.constantFrom(...from), fc.array(mutation, { minLength: 1, maxLength }))
    .map(([fixture, mutations]) => new Mutant(fixture, mutations));

/** Any fixture after one to three mutations: seldom well-formed. */
export const aMutant = mutantOf(fixtures, 3);

/** A fixture that is patched, after one mutation: often patched too. */
export const aPatchableMutant = mutantOf(
  fixtures.filter(({ isRefused }) => !isRefused),
  1,
);
