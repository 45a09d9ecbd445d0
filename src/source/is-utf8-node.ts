/** The same question as is-utf8.ts, answered by Node's native code. */
export { isUtf8 } from 'node:buffer';
