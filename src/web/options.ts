import { MetabaseError } from '../errors.ts';
import { type RequestOptions, toRequest } from '../patch/request.ts';
import { DEFAULT_VALUE, VERB_NAMES } from '../verbs.ts';

/** @returns What the form asks for; or null, and what is wrong with it in words. */
export function readOptions(form: FormData): { options: RequestOptions | null; problem: string } {
  const verbs = (state: string): string[] => VERB_NAMES.filter((verb) => form.get(verb) === state);
  const servers = textOf(form, 'servers')
    .split(/[\s,]+/)
    .filter((server) => server !== '');
  const options: RequestOptions = {
    disable: verbs('off'),
    enable: verbs('on'),
    servers: servers.length === 0 ? null : servers,
    setMissing: form.get('set-missing') === null ? null : DEFAULT_VALUE,
  };
  try {
    toRequest(options);
    return { options, problem: '' };
  } catch (error) {
    if (error instanceof MetabaseError) return { options: null, problem: error.message };
    throw error;
  }
}

function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}
