/** The bytes that mean something in XML or end a line. An enum, because the bundler writes its members as numbers. */
export enum Byte {
  LineFeed = 0x0a,
  Exclamation = 0x21,
  DoubleQuote = 0x22,
  Hash = 0x23,
  Ampersand = 0x26,
  SingleQuote = 0x27,
  Hyphen = 0x2d,
  Slash = 0x2f,
  Semicolon = 0x3b,
  LessThan = 0x3c,
  Equals = 0x3d,
  GreaterThan = 0x3e,
  Question = 0x3f,
  RightBracket = 0x5d,
  LetterX = 0x78,
  /** The first byte of U+FFFE and U+FFFF, which are valid UTF-8 but not allowed in XML (Char [2]). */
  NoncharacterLead = 0xef,
}
