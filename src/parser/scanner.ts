import { Byte } from '../source/byte.ts';
import type { Source } from '../source/source.ts';
import { encodeUtf8 } from '../source/utf8.ts';
import { Class, runEnd } from './character-class.ts';
import { fastStartTag, NOT_FAST } from './fast-start-tag.ts';
import { isNext, name, rareCharacter, reference, space } from './grammar.ts';
import { OpenElements } from './open-elements.ts';
import { StartTag, startTag } from './start-tag.ts';
import { INCOMPLETE, Window, WINDOW_SIZE } from './window.ts';
import { xmlDeclaration } from './xml-declaration.ts';

/** Called for each tag of the first four levels, in the order of the document; the root is level 0. */
export interface TagVisitor {
  /** @param tag Valid only during the call. */
  startTag(level: number, tag: StartTag): void;
  /** @param start Where the end tag begins in the file. @param end Where it ends. */
  endTag(level: number, start: number, end: number): void;
}

const VISITED_LEVELS = 4;

/**
 * Reads a whole file as document [1] of XML 1.0, fifth edition, and reports its tags to the visitor. After each window it yields
 * the offset that it has reached, so that the caller can show progress, or stop.
 * @throws MetabaseError XML_… or ENCODING_… at the first place that is not well-formed
 */
export function* scan(source: Source, visitor: TagVisitor, windowSize = WINDOW_SIZE): Generator<number, void> {
  const scanner = new Scanner(new Window(source, windowSize), visitor);
  while (!scanner.readWindow()) yield scanner.offset;
}

/** A construct that is read piece by piece after its opening, so that it need not fit into a window. */
interface Section {
  readonly what: string;
  readonly opening: Uint8Array;
  readonly closing: Uint8Array;
  /** The bytes in it that need no closer look. */
  readonly ordinary: Class;
}

function section(what: string, opening: string, closing: string, ordinary: Class): Section {
  return { what, opening: encodeUtf8(opening), closing: encodeUtf8(closing), ordinary };
}

/** Comment [15], CDSect [18] and PI [16]: any Char up to the closing delimiter. A comment must not contain `--`. */
const COMMENT = section('a comment', '<!--', '-->', Class.InComment);
const CDATA = section('a CDATA section', '<![CDATA[', ']]>', Class.InCdata);
const PI = section('a processing instruction', '<?', '?>', Class.InPi);

const DOUBLE_HYPHEN = encodeUtf8('--');
const DOCTYPE = encodeUtf8('<!DOCTYPE');

class Scanner {
  /** The index of the next byte to read. All before it is done, so the window may slide up to here. */
  #at = 0;
  /** The section that is being read, or null between sections. */
  #section: Section | null = null;
  #hasRoot = false;
  readonly #open = new OpenElements();
  readonly #tag: StartTag;

  constructor(
    private readonly w: Window,
    private readonly visitor: TagVisitor,
  ) {
    this.#tag = new StartTag(w);
  }

  get offset(): number {
    return this.w.base + this.#at;
  }

  /** Reads the window to its end, and moves it on. @returns Whether the whole document has been read. */
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

  /** document [1]: prolog element Misc*. Nothing may be open at the end. */
  #end(): true {
    const { w } = this;
    if (this.#section !== null) w.refuseEnd(`the file ends inside ${this.#section.what}`);
    if (w.end > 0) w.refuseEnd('the file ends inside a tag or a reference');
    if (this.#hasRoot && this.#open.depth === 0 && !w.isBroken) return true;
    if (this.#hasRoot) w.refuseEnd(`the file ends before </${this.#open.top()}>`);
    return w.refuseEnd('the file ends before its root element');
  }

  #read(): void {
    if (this.#section !== null) this.#inSection(this.#section);
    else if (this.#open.depth > 0) this.#content();
    else this.#outside();
  }

  /** prolog [22] and Misc [27]: white space, comments and processing instructions; then the start tag of the root element. */
  #outside(): void {
    const { w } = this;
    if (this.offset === w.documentStart) this.#at = xmlDeclaration(w, this.#at);
    this.#at = space(w, this.#at);
    if (w.bytes[this.#at] === Byte.LessThan) this.#markup();
    else {
      if (w.bytes[this.#at] < 0x20) rareCharacter(w, this.#at);
      w.refuse(this.#at, 'XML_TEXT', 'text is not allowed outside the root element');
    }
  }

  /** content [43]: elements, references, sections, and CharData [14], which must not contain `]]>`. */
  #content(): void {
    const { w } = this;
    while (this.#section === null && this.#open.depth > 0) {
      const { bytes } = w;
      const i = runEnd(bytes, this.#at, Class.InText);
      this.#at = i;
      if (bytes[i] === Byte.LessThan) this.#markup();
      else if (bytes[i] === Byte.Ampersand) this.#at = reference(w, i);
      else if (bytes[i] === Byte.RightBracket) {
        if (isNext(w, i, CDATA.closing)) w.refuse(i, 'XML_TEXT', ']]> is not allowed in text');
        this.#at = i + 1;
      } else this.#at = rareCharacter(w, i);
    }
  }

  #markup(): void {
    // The second byte shows what begins here.
    if (this.#at + 1 === this.w.end) throw INCOMPLETE;
    const next = this.w.bytes[this.#at + 1];
    if (next === Byte.Slash) this.#endTag();
    else if (next === Byte.Exclamation) this.#commentOrCdata();
    else if (next === Byte.Question) this.#piTarget();
    else this.#startTag();
  }

  /** element [39]: EmptyElemTag | STag content ETag. A document has exactly one root element. */
  #startTag(): void {
    const tag = this.#tag;
    const start = this.#at;
    const level = this.#open.depth;
    if (this.#hasRoot && level === 0) this.w.refuse(start, 'XML_ROOT', 'a second root element begins here');
    const fastEnd = fastStartTag(start, tag);
    tag.start = start;
    tag.end = fastEnd === NOT_FAST ? startTag(start, tag) : fastEnd;
    if (level < VISITED_LEVELS) this.visitor.startTag(level, tag);
    if (!tag.isSelfClosing) this.#open.push(this.w.bytes, start + 1, tag.nameEnd);
    this.#hasRoot = true;
    this.#at = tag.end;
  }

  /** ETag [42]: '</' Name S? '>'. The name must be that of the innermost open element (WFC: Element Type Match). */
  #endTag(): void {
    const { w } = this;
    const open = this.#open;
    const start = this.#at;
    if (open.depth === 0) w.refuse(start, 'XML_MISMATCHED_TAG', 'this end tag has no start tag');
    const nameEnd = name(w, start + 2);
    if (!open.isTop(w.bytes, start + 2, nameEnd)) {
      w.refuse(start + 2, 'XML_MISMATCHED_TAG', `</${open.top()}> is expected here`);
    }
    const end = space(w, nameEnd);
    if (w.bytes[end] !== Byte.GreaterThan) w.refuse(end, 'XML_TAG', 'a > is expected here');
    open.pop();
    if (open.depth < VISITED_LEVELS) this.visitor.endTag(open.depth, w.base + start, w.base + end + 1);
    this.#at = end + 1;
  }

  /** Comment [15] or, in content, CDSect [18]. A doctypedecl [28] is refused, because a metabase has none. */
  #commentOrCdata(): void {
    const { w } = this;
    const start = this.#at;
    const isInContent = this.#open.depth > 0;
    if (isNext(w, start, COMMENT.opening)) this.#enter(COMMENT);
    else if (isInContent && isNext(w, start, CDATA.opening)) this.#enter(CDATA);
    else if (!isInContent && isNext(w, start, DOCTYPE)) {
      w.refuse(start, 'XML_DOCTYPE', 'a metabase has no document type declaration, and none is read');
    } else w.refuse(start + 2, 'XML_TAG', 'this is not a comment, a CDATA section or a tag');
  }

  /** PI [16]: '<?' PITarget (S Char*)? '?>', up to its target. PITarget [17] is any Name except `xml` in any case. */
  #piTarget(): void {
    const { w } = this;
    const start = this.#at + PI.opening.length;
    const end = name(w, start);
    if (/^xml$/i.test(w.decode(start, end))) {
      w.refuse(this.#at, 'XML_PI', 'an XML declaration is allowed only at the very beginning');
    }
    if (w.bytes[end] === Byte.Question) {
      if (!isNext(w, end, PI.closing)) w.refuse(end + 1, 'XML_PI', 'a > is expected here');
    } else if (space(w, end) === end) {
      w.refuse(end, 'XML_PI', 'white space is expected after the target of a processing instruction');
    }
    this.#at = end;
    this.#section = PI;
  }

  #enter(entered: Section): void {
    this.#at += entered.opening.length;
    this.#section = entered;
  }

  #inSection({ closing, ordinary }: Section): void {
    const { w } = this;
    const i = runEnd(w.bytes, this.#at, ordinary);
    this.#at = i;
    if (w.bytes[i] !== closing[0]) this.#at = rareCharacter(w, i);
    else if (isNext(w, i, closing)) {
      this.#at = i + closing.length;
      this.#section = null;
    } else {
      // Only in a comment can there be a hyphen at this place.
      if (isNext(w, i, DOUBLE_HYPHEN)) {
        w.refuse(i, 'XML_COMMENT', '-- is not allowed inside a comment');
      }
      this.#at = i + 1;
    }
  }
}
