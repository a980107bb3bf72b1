/** Where something stands in a text; both count from 1. */
export interface Place {
  line: number;
  column: number;
}

export interface JsonPlaces {
  /** Of every value, by its path such as `versions.0.rules.3.priority`; of an object or list, where it opens. */
  placeOf: (path: string) => Place;
  /** Where the text stops being JSON; nothing when it is. */
  broken: Place | undefined;
}

/**
 * Finds the line of every value of a JSON text, so that a mistake can be looked up where it was written. A path that
 * is not there gets the place of the nearest one around it.
 */
export function jsonPlaces(text: string): JsonPlaces {
  const places = new Map<string, number>();
  let at = 0;
  const skip = () => {
    while (/[ \t\r\n]/.test(text[at] ?? '')) at += 1;
  };
  const need = (sign: string) => {
    skip();
    if (text[at] !== sign) throw new Broken();
    at += 1;
  };
  const take = (pattern: RegExp): string => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (found === undefined) throw new Broken();
    at += found.length;
    return found;
  };
  const members = (close: string, one: (index: number) => void) => {
    at += 1;
    skip();
    for (let index = 0; text[at] !== close; index += 1) {
      if (index) need(',');
      skip();
      one(index);
      skip();
    }
    at += 1;
  };
  const value = (path: string): void => {
    skip();
    places.set(path, at);
    const below = (key: string | number) => (path === '' ? String(key) : `${path}.${key}`);
    if (text[at] === '{')
      members('}', () => {
        const key = JSON.parse(take(STRING)) as string;
        need(':');
        value(below(key));
      });
    else if (text[at] === '[') members(']', (index) => value(below(index)));
    else take(text[at] === '"' ? STRING : SCALAR);
  };
  const whole = () => {
    value('');
    skip();
    if (at < text.length) throw new Broken();
  };
  return {
    broken: stops(whole) ? placeAt(text, at) : undefined,
    placeOf: (path) => placeAt(text, nearest(places, path)),
  };
}

/** Every sign but the quotation mark, the backslash and those below the blank, or an escape. */
const STRING = /"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const SCALAR = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
class Broken extends Error {}

function stops(read: () => void): boolean {
  try {
    read();
    return false;
  } catch (error) {
    // a nesting so deep that the stack ends is no rate card either
    if (error instanceof Broken || error instanceof RangeError) return true;
    throw error;
  }
}

function nearest(places: ReadonlyMap<string, number>, path: string): number {
  for (let rest = path; rest; rest = rest.slice(0, Math.max(0, rest.lastIndexOf('.')))) {
    const found = places.get(rest);
    if (found !== undefined) return found;
  }
  return places.get('') ?? 0;
}

function placeAt(text: string, offset: number): Place {
  const before = text.slice(0, offset);
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
}
