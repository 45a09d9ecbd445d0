import type { AttributeTable } from './attribute-table.ts';
import {
  AMPERSAND,
  CLASS,
  DOUBLE_QUOTE,
  EQUALS,
  GT,
  IN_DOUBLE_QUOTES,
  IN_SINGLE_QUOTES,
  LT,
  name,
  rareCharacter,
  reference,
  SINGLE_QUOTE,
  SLASH,
  space,
} from './grammar.ts';
import type { Window } from './window.ts';

/**
 * STag [40] and EmptyElemTag [44], from `<` on; the attributes are noted in the table.
 * @returns The index behind `>`.
 */
export function startTag(w: Window, i: number, attributes: AttributeTable): number {
  const bytes = w.bytes;
  i = name(w, i + 1);
  attributes.begin(i);
  for (;;) {
    const next = space(w, i);
    if (bytes[next] === GT) return next + 1;
    if (bytes[next] === SLASH) {
      if (bytes[next + 1] === GT) return next + 2;
      w.refuse(next + 1, 'XML_TAG', 'a > is expected behind this /');
    }
    if (next === i) w.refuse(i, 'XML_ATTRIBUTE', 'white space, > or /> is expected here');
    i = attribute(w, next, attributes);
  }
}

/** Attribute [41]. */
function attribute(w: Window, start: number, attributes: AttributeTable): number {
  const bytes = w.bytes;
  const end = name(w, start);
  if (!attributes.addName(bytes, start, end)) {
    w.refuse(start, 'XML_DUPLICATE_ATTRIBUTE', 'this attribute stands in the tag twice');
  }
  let i = space(w, end);
  if (bytes[i] !== EQUALS) w.refuse(i, 'XML_ATTRIBUTE', 'an = is expected behind the attribute name');
  i = space(w, i + 1);
  const quote = bytes[i];
  if (quote !== DOUBLE_QUOTE && quote !== SINGLE_QUOTE) {
    w.refuse(i, 'XML_ATTRIBUTE', 'a quoted value is expected here');
  }
  const valueEnd = attributeValue(w, i + 1, quote);
  attributes.addValue(i + 1, valueEnd);
  return valueEnd + 1;
}

/** AttValue [10], from behind its first quote. @returns The index of the last quote. */
function attributeValue(w: Window, i: number, quote: number): number {
  const bytes = w.bytes;
  const ordinary = quote === DOUBLE_QUOTE ? IN_DOUBLE_QUOTES : IN_SINGLE_QUOTES;
  for (;;) {
    while ((CLASS[bytes[i]] & ordinary) !== 0) i++;
    switch (bytes[i]) {
      case quote:
        return i;
      case AMPERSAND:
        i = reference(w, i);
        break;
      case LT:
        return w.refuse(i, 'XML_ATTRIBUTE', 'a < cannot stand in an attribute value');
      default:
        i = rareCharacter(w, i);
    }
  }
}
