/** A code that nobody has to think of: it stays with what it names, whatever the words become. */
export const newCode = (): string =>
  crypto.getRandomValues(new Uint32Array(2)).reduce((text, n) => text + n.toString(36), '');
