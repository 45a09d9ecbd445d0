/* Functions that Safari before 15.4 lacks: the core uses the first, @noble/hashes the second. The build puts this before each script. */

define(Array.prototype, 'at', function at(this: readonly unknown[], index: number): unknown {
  return this[index < 0 ? this.length + index : index];
});

define(Object, 'hasOwn', (object: object, name: PropertyKey): boolean => {
  return Object.prototype.hasOwnProperty.call(object, name);
});

function define(owner: object, name: string, value: unknown): void {
  if (!(name in owner)) Object.defineProperty(owner, name, { value, configurable: true, writable: true });
}
