/** For jest: a text file, such as a style sheet, as the module that esbuild's text loader makes of it. */
export default { process: (text) => ({ code: `export default ${JSON.stringify(text)};` }) };
