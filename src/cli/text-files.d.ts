/* The build puts such files into the bundle as text. */

declare module '*.md' {
  const text: string;
  export default text;
}

declare module '*.sh' {
  const text: string;
  export default text;
}

declare module '*.zsh' {
  const text: string;
  export default text;
}

declare module '*.ps1' {
  const text: string;
  export default text;
}
