/** A style sheet is imported as its text; esbuild and jest each have a loader for it. */
declare module '*.css' {
  const text: string;
  export default text;
}
