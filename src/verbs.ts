/** The ESMTP verbs that the metabase property controls and their bits (KB 257569; 8bitmime: KB 286673). */
export const VERBS = {
  '8bitmime': 0x400000,
  BINARYMIME: 0x200000,
  CHUNKING: 0x100000,
  ENHANCEDSTATUSCODES: 0x1000,
  'TURN/ATRN': 0x400,
  ETRN: 0x80,
  DSN: 0x40,
} as const;

export type Verb = keyof typeof VERBS;

/** @returns The keywords of a verb in the answer to EHLO; TURN/ATRN has two. */
export function ehloKeywords(verb: Verb): string[] {
  return verb.toUpperCase().split('/');
}

/** The verbs in the order in which they are shown. */
export const VERB_NAMES = Object.keys(VERBS) as readonly Verb[];

/** The default of the property: every verb on (KB 286673). */
export const DEFAULT_VALUE = 7697601;

/** Each word that names a verb on the command line: TURN and ATRN share one bit. */
const WORDS = new Map<string, number>([
  ...VERB_NAMES.map((verb): [string, number] => [verb.toUpperCase(), VERBS[verb]]),
  ['TURN', VERBS['TURN/ATRN']],
  ['ATRN', VERBS['TURN/ATRN']],
]);

/** Every word that `toMask` accepts, for suggestions and completion. */
export const VERB_WORDS: readonly string[] = ['8bitmime', ...[...WORDS.keys()].filter((word) => word !== '8BITMIME')];

/** Other answers to EHLO (IANA's registry of SMTP service extensions, and Windows' own): the property has no bits for them. */
const OTHER_KEYWORDS = (
  'AUTH BURL CHECKPOINT CONNEG CONPERM DELIVERBY EXPN FUTURERELEASE HELP LIMITS MT-PRIORITY MTRK NO-SOLICITING PIPELINING ' +
  'REQUIRETLS RRVS SAML SEND SIZE SMTPUTF8 SOML STARTTLS SUBMITTER UTF8SMTP VRFY ' +
  'TLS X-ANONYMOUSTLS X-EXPS X-LINK2STATE XEXCH50'
).split(' ');

/** @returns Whether the word, in any case, is an SMTP keyword that the property does not control. */
export function isOtherKeyword(word: string): boolean {
  return OTHER_KEYWORDS.includes(word.toUpperCase());
}

const NAMED_BITS = Object.values(VERBS).reduce((all, bit) => all | bit, 0);

/** @returns The mask for a verb's name, in any case, or for a hex mask of 1 to 32 bits; null for anything else. */
export function toMask(word: string): number | null {
  const mask = /^0x[0-9a-f]+$/i.test(word) ? Number(word) : (WORDS.get(word.toUpperCase()) ?? 0);
  return mask > 0 && mask <= 0xffffffff ? mask : null;
}

/** @returns The verbs whose bits are set in the mask. */
export function verbsIn(mask: number): Verb[] {
  return VERB_NAMES.filter((verb) => (mask & VERBS[verb]) !== 0);
}

/** @returns The names of the verbs in the mask, as a user types them. */
export function toVerbWords(mask: number): string[] {
  return verbsIn(mask).map((verb) => verb.replace(/.*\//, '').toLowerCase());
}

/** @returns The bits of the value that no verb has a name for. */
export function unnamedBits(value: number): number {
  return (value & ~NAMED_BITS) >>> 0;
}

/** @returns ((value AND NOT disable) OR enable), as an unsigned 32-bit number. */
export function applyMasks(value: number, disable: number, enable: number): number {
  return ((value & ~disable) | enable) >>> 0;
}

/** @returns The number as IIS' tools print it, for instance 0x3574C1. */
export function toHex(value: number): string {
  return `0x${value.toString(16).toUpperCase()}`;
}
