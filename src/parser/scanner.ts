import type { Text } from '../source/text.ts';
import { AttributeTable } from './attribute-table.ts';
import {
  AMPERSAND,
  CLASS,
  EXCLAMATION,
  GT,
  HYPHEN,
  IN_CDATA,
  IN_COMMENT,
  IN_PI,
  IN_TEXT,
  isNext,
  LT,
  name,
  QUESTION,
  rareCharacter,
  reference,
  RIGHT_BRACKET,
  SLASH,
  SPACE,
  space,
} from './grammar.ts';
import { OpenElements } from './open-elements.ts';
import { startTag } from './start-tag.ts';
import { INCOMPLETE, Window, WINDOW_SIZE } from './window.ts';
import { xmlDeclaration } from './xml-declaration.ts';

/** A tag as the scanner sees it: indexes into the window, good only while the visitor is called. */
export interface TagView {
  readonly window: Window;
  readonly attributes: AttributeTable;
  readonly start: number;
  readonly end: number;
  readonly isSelfClosing: boolean;
}

/** Is told of the tags of the first four levels, in document order; the root's level is 0. */
export interface TagVisitor {
  startTag(level: number, tag: TagView): void;
  /** @param offset Where the end tag begins in the text. @param end Where it ends. */
  endTag(level: number, offset: number, end: number): void;
}

const VISITED_LEVELS = 4;

/**
 * Reads a whole text as XML 1.0, fifth edition, and tells the visitor of its tags. It goes window by window, and
 * yields after each how far it is, so that long work can be shown and stopped.
 * @throws MetabaseError XML_… or ENCODING_… at the first place that is not well-formed
 */
export function* scan(text: Text, visitor: TagVisitor, windowSize = WINDOW_SIZE): Generator<number, void> {
  const scanner = new Scanner(new Window(text, windowSize), visitor);
  while (!scanner.readWindow()) yield scanner.offset;
}

const literal = (text: string): Uint8Array => new TextEncoder().encode(text);
const COMMENT_OPENING = literal('<!--');
const CDATA_OPENING = literal('<![CDATA[');
const DOCTYPE_OPENING = literal('<!DOCTYPE');
const CDATA_CLOSING = literal(']]>');
const PI_CLOSING = literal('?>');

type State = 'declaration' | 'outside' | 'content' | 'comment' | 'cdata' | 'pi';

class Scanner {
  /** The index of what is read next: all before it is done, and the window may slide here. */
  #at = 0;
  #state: State = 'declaration';
  #hasRoot = false;
  readonly #open = new OpenElements();
  readonly #attributes = new AttributeTable();

  constructor(
    private readonly w: Window,
    private readonly visitor: TagVisitor,
  ) {}

  /** How far the reading is, between windows. */
  get offset(): number {
    return this.w.base;
  }

  /** Reads what the window shows, and slides it on. @returns Whether the document is read. */
  readWindow(): boolean {
    try {
      for (;;) this.#read();
    } catch (signal) {
      if (signal !== INCOMPLETE) throw signal;
    }
    const hasMore = this.w.slide(this.#at);
    this.#at = 0;
    return !hasMore && this.#end();
  }

  #end(): true {
    if (this.#state === 'outside' && this.#hasRoot && this.w.isDone) return true;
    const inside = { comment: 'a comment', cdata: 'a CDATA section', pi: 'a processing instruction' };
    if (this.#state in inside) this.w.refuseEnd(`the file ends inside ${inside[this.#state as keyof typeof inside]}`);
    if (this.w.end > 0) this.w.refuseEnd('the file ends inside a tag or a reference');
    if (this.#hasRoot) this.w.refuseEnd(`the file ends before </${this.#open.top()}>`);
    return this.w.refuseEnd('the file ends before its root element');
  }

  #read(): void {
    switch (this.#state) {
      case 'declaration':
        this.#at = xmlDeclaration(this.w, this.#at);
        this.#state = 'outside';
        break;
      case 'outside':
        this.#outside();
        break;
      case 'content':
        this.#content();
        break;
      case 'comment':
        this.#comment();
        break;
      case 'cdata':
        this.#cdata();
        break;
      case 'pi':
        this.#pi();
    }
  }

  /** Misc [27], and the root element's start tag. */
  #outside(): void {
    const w = this.w;
    this.#at = space(w, this.#at);
    if (w.bytes[this.#at] !== LT) {
      if (w.bytes[this.#at] < 0x20) rareCharacter(w, this.#at);
      w.refuse(this.#at, 'XML_TEXT', 'text cannot stand outside the root element');
    }
    this.#markup();
  }

  /** content [43] and CharData [14]. */
  #content(): void {
    const w = this.w;
    while (this.#state === 'content') {
      const bytes = w.bytes;
      let i = this.#at;
      while ((CLASS[bytes[i]] & IN_TEXT) !== 0) i++;
      this.#at = i;
      if (bytes[i] === LT) this.#markup();
      else if (bytes[i] === AMPERSAND) this.#at = reference(w, i);
      else if (bytes[i] === RIGHT_BRACKET) {
        if (isNext(w, i, CDATA_CLOSING)) w.refuse(i, 'XML_TEXT', ']]> cannot stand in text');
        this.#at = i + 1;
      } else this.#at = rareCharacter(w, i);
    }
  }

  #markup(): void {
    const w = this.w;
    const next = this.#at + 1;
    if (next === w.end) throw INCOMPLETE;
    switch (w.bytes[next]) {
      case SLASH:
        this.#endTag();
        break;
      case EXCLAMATION:
        this.#declarationLike();
        break;
      case QUESTION:
        this.#piTarget();
        break;
      default:
        this.#startTag();
    }
  }

  #startTag(): void {
    const w = this.w;
    const start = this.#at;
    if (this.#hasRoot && this.#open.depth === 0) w.refuse(start, 'XML_ROOT', 'a second root element begins here');
    const end = startTag(w, start, this.#attributes);
    const nameEnd = this.#attributes.elementEnd;
    const isSelfClosing = w.bytes[end - 2] === SLASH;
    const level = this.#open.depth;
    if (level < VISITED_LEVELS) {
      this.visitor.startTag(level, { window: w, attributes: this.#attributes, start, end, isSelfClosing });
    }
    if (!isSelfClosing) this.#open.push(w.bytes, start + 1, nameEnd);
    this.#hasRoot = true;
    this.#state = this.#open.depth === 0 ? 'outside' : 'content';
    this.#at = end;
  }

  /** ETag [42]. */
  #endTag(): void {
    const w = this.w;
    const start = this.#at;
    const open = this.#open;
    if (open.depth === 0) w.refuse(start, 'XML_MISMATCHED_TAG', 'this end tag has no start tag');
    const nameEnd = name(w, start + 2);
    if (!open.isTop(w.bytes, start + 2, nameEnd)) {
      w.refuse(start + 2, 'XML_MISMATCHED_TAG', `</${open.top()}> is expected here`);
    }
    const end = space(w, nameEnd);
    if (w.bytes[end] !== GT) w.refuse(end, 'XML_TAG', 'a > is expected here');
    open.pop();
    if (open.depth < VISITED_LEVELS) this.visitor.endTag(open.depth, w.base + start, w.base + end + 1);
    if (open.depth === 0) this.#state = 'outside';
    this.#at = end + 1;
  }

  #declarationLike(): void {
    const w = this.w;
    const inContent = this.#open.depth > 0;
    if (isNext(w, this.#at, COMMENT_OPENING)) this.#enter('comment', COMMENT_OPENING);
    else if (inContent && isNext(w, this.#at, CDATA_OPENING)) this.#enter('cdata', CDATA_OPENING);
    else if (!inContent && isNext(w, this.#at, DOCTYPE_OPENING)) {
      w.refuse(this.#at, 'XML_DOCTYPE', 'a metabase has no document type declaration, and none is read');
    } else w.refuse(this.#at + 2, 'XML_TAG', 'this is no comment, CDATA section or tag');
  }

  #enter(state: State, opening: Uint8Array): void {
    this.#state = state;
    this.#at += opening.length;
  }

  #leave(end: number): void {
    this.#at = end;
    this.#state = this.#open.depth === 0 ? 'outside' : 'content';
  }

  /** Comment [15], from behind its opening. */
  #comment(): void {
    const w = this.w;
    const i = this.#skip(IN_COMMENT);
    if (w.bytes[i] !== HYPHEN) this.#at = rareCharacter(w, i);
    else if (i + 3 > w.end) throw INCOMPLETE;
    else if (w.bytes[i + 1] !== HYPHEN) this.#at = i + 1;
    else if (w.bytes[i + 2] === GT) this.#leave(i + 3);
    else w.refuse(i, 'XML_COMMENT', '-- cannot stand inside a comment');
  }

  /** CDSect [18], from behind its opening. */
  #cdata(): void {
    const w = this.w;
    const i = this.#skip(IN_CDATA);
    if (w.bytes[i] !== RIGHT_BRACKET) this.#at = rareCharacter(w, i);
    else if (isNext(w, i, CDATA_CLOSING)) this.#leave(i + CDATA_CLOSING.length);
    else this.#at = i + 1;
  }

  /** PI [16] up to its target [17]; the rest is read piece by piece. */
  #piTarget(): void {
    const w = this.w;
    const start = this.#at + 2;
    const end = name(w, start);
    const isReserved = end - start === 3 && /xml/i.test(String.fromCharCode(...w.bytes.subarray(start, end)));
    if (isReserved) w.refuse(this.#at, 'XML_PI', 'an XML declaration can stand only at the very beginning');
    if (w.bytes[end] !== QUESTION && (CLASS[w.bytes[end]] & SPACE) === 0) {
      w.refuse(end, 'XML_PI', 'white space is expected behind the target of a processing instruction');
    }
    if (w.bytes[end] === QUESTION && !isNext(w, end, PI_CLOSING)) w.refuse(end + 1, 'XML_PI', 'a > is expected here');
    this.#at = end;
    this.#state = 'pi';
  }

  #pi(): void {
    const w = this.w;
    const i = this.#skip(IN_PI);
    if (w.bytes[i] !== QUESTION) this.#at = rareCharacter(w, i);
    else if (isNext(w, i, PI_CLOSING)) this.#leave(i + PI_CLOSING.length);
    else this.#at = i + 1;
  }

  /** Passes what needs no second look, so that a long comment or section does not have to fit the window. */
  #skip(ordinary: number): number {
    const bytes = this.w.bytes;
    let i = this.#at;
    while ((CLASS[bytes[i]] & ordinary) !== 0) i++;
    return (this.#at = i);
  }
}
