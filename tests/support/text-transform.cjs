/** Gives jest what the build does to a file that is imported as text. */
module.exports = { process: (text) => ({ code: `module.exports = ${JSON.stringify(text)};` }) };
