import { usageError } from './errors.ts';
import { didYouMean } from './suggest.ts';

/** The type of an option: a list, or what `typeof` returns. */
type Kind = 'list' | 'string' | 'number' | 'boolean' | 'function';
type Kinds = Readonly<Record<string, readonly Kind[]>>;

const INSPECT: Kinds = {
  disable: ['list'],
  enable: ['list'],
  servers: ['list'],
};

/** The options of `verify` too, which takes those that `patch` was given. */
const PATCH: Kinds = {
  ...INSPECT,
  setMissing: ['boolean', 'number', 'string'],
  name: ['string'],
  context: ['number'],
};

const PATCH_FILE: Kinds = {
  ...PATCH,
  output: ['string'],
  inPlace: ['boolean'],
  backup: ['boolean'],
  overwrite: ['boolean'],
  dryRun: ['boolean'],
  onProgress: ['function'],
};

/** Null means the same as not given. */
const NULLABLE = new Set(['disable', 'enable', 'servers', 'setMissing']);

const OPTIONS = { inspect: INSPECT, patch: PATCH, patchFile: PATCH_FILE };

/**
 * Refuses at run time what the compiler refuses in TypeScript: a mistyped name would be ignored, and another verb turned off.
 * @throws MetabaseError USAGE for an unknown name, with the nearest right one, and for an option of the wrong kind
 */
export function checkOptions(options: unknown, of: keyof typeof OPTIONS): void {
  if (kindOf(options) !== 'object')
    throw usageError(`the options must be an object, not ${withArticle(kindOf(options))}`);
  const kinds = OPTIONS[of];
  // Inherited ones too, because they count.
  for (const name in options as object) {
    const value = (options as Record<string, unknown>)[name];
    if (!Object.hasOwn(kinds, name)) {
      throw usageError(`there is no option ${name}${didYouMean(name, Object.keys(kinds))}`);
    }
    const isGiven = value !== undefined && !(value === null && NULLABLE.has(name));
    const given = kindOf(value);
    if (isGiven && !kinds[name].some((kind) => kind === given)) {
      throw usageError(`the option ${name} must be a ${kinds[name].join(' or a ')}, not ${withArticle(given)}`);
    }
  }
}

/** @throws MetabaseError USAGE for anything but a Uint8Array, a Buffer included */
export function checkBytes(bytes: unknown): void {
  // Not by instanceof: an array from another realm (a worker, a test runner) is accepted too.
  const type = Object.prototype.toString.call(bytes).slice('[object '.length, -1);
  if (type !== 'Uint8Array') throw usageError(`the bytes of a file must be a Uint8Array, not a ${type}`);
}

/** @throws MetabaseError USAGE for anything but a string */
export function checkPath(path: unknown): void {
  if (typeof path !== 'string')
    throw usageError(`the path of a file must be a string, not ${withArticle(kindOf(path))}`);
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'list' : typeof value;
}

function withArticle(kind: string): string {
  if (kind === 'null' || kind === 'undefined') return kind;
  return `${kind === 'object' ? 'an' : 'a'} ${kind}`;
}
