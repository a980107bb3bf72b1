/** Longest text a pattern is ever run against. */
export const PATTERN_INPUT_LIMIT = 100;

const SOURCE_LIMIT = 200;
const COST_LIMIT = 100_000;
const QUANTIFIER = /^(?:([*+?])|\{(\d{1,4})(,)?(\d{1,4})?\})\??/;

/** What one part of a pattern can cost: in how many ways it can match at most {@link PATTERN_INPUT_LIMIT} characters. */
interface Part {
  ways: number;
  anchored: boolean;
}

/**
 * Compiles a pattern an administrator wrote so that no text of at most 100 characters can make it slow:
 * the ways in which it can match are counted beforehand, and anything that multiplies without bound
 * (a repetition inside a repetition, back-references, look-around) is refused.
 * @param source  at most 200 characters, read with the `u` flag
 * @throws RangeError with a sentence saying what to change
 */
export function compilePattern(source: string): RegExp {
  if (source.length > SOURCE_LIMIT) throw new RangeError(`A pattern has at most ${SOURCE_LIMIT} characters`);
  const pattern = compile(source);
  const { ways, anchored } = alternatives(new Cursor(source));
  if (ways * (anchored ? 1 : PATTERN_INPUT_LIMIT) > COST_LIMIT) {
    throw new RangeError('The pattern can match in too many ways: begin it with ^ or repeat less');
  }
  return pattern;
}

/** How many capturing groups a pattern has. */
export const groupCount = (pattern: RegExp): number =>
  (new RegExp(`${pattern.source}|`, 'u').exec('')?.length ?? 1) - 1;

/** Whether the text is short enough for a pattern and matches it. */
export const matchesPattern = (pattern: RegExp, text: string): boolean =>
  text.length <= PATTERN_INPUT_LIMIT && pattern.test(text);

function compile(source: string): RegExp {
  try {
    return new RegExp(source, 'u');
  } catch {
    throw new RangeError('The pattern is not a regular expression');
  }
}

class Cursor {
  readonly text: string;
  at = 0;
  constructor(text: string) {
    this.text = text;
  }
  get rest(): string {
    return this.text.slice(this.at);
  }
  take(length: number): void {
    this.at += length;
  }
}

function alternatives(cursor: Cursor): Part {
  let part = sequence(cursor);
  while (cursor.rest.startsWith('|')) {
    cursor.take(1);
    const next = sequence(cursor);
    part = { ways: part.ways + next.ways, anchored: part.anchored && next.anchored };
  }
  return part;
}

function sequence(cursor: Cursor): Part {
  let ways = 1;
  const anchored = cursor.rest.startsWith('^');
  while (cursor.rest !== '' && !/^[|)]/.test(cursor.rest)) {
    const atom = atomWays(cursor);
    ways *= repeated(cursor, atom);
  }
  return { ways, anchored };
}

function atomWays(cursor: Cursor): number {
  const { rest } = cursor;
  if (rest.startsWith('(')) return groupWays(cursor);
  if (rest.startsWith('[')) return classWays(cursor);
  if (/^\\[1-9k]/.test(rest)) throw new RangeError('Back-references are not allowed in a pattern');
  cursor.take((/^\\(?:[pPu]\{[^}]*\}|x..|u....|c.|.)/u.exec(rest)?.[0] ?? [...rest][0]!).length);
  return 1;
}

function groupWays(cursor: Cursor): number {
  if (/^\(\?(?!:)/.test(cursor.rest)) throw new RangeError('Of the special groups only (?:…) is allowed in a pattern');
  cursor.take(cursor.rest.startsWith('(?:') ? 3 : 1);
  const { ways } = alternatives(cursor);
  cursor.take(1);
  return ways;
}

function classWays(cursor: Cursor): number {
  cursor.take(/^\[(?:\\.|[^\]\\])*\]/su.exec(cursor.rest)![0].length);
  return 1;
}

/** Reads the quantifier behind an atom, if there is one, and returns the ways of both. */
function repeated(cursor: Cursor, atom: number): number {
  const match = QUANTIFIER.exec(cursor.rest);
  if (!match) return atom;
  cursor.take(match[0].length);
  const [min, max] = bounds(match);
  if (atom > 1 && max > 1) throw new RangeError('A repetition or a choice inside a repetition is not allowed');
  return atom > 1 ? atom + (max - min) : Math.min(max - min, PATTERN_INPUT_LIMIT) + 1;
}

function bounds([, sign, low, comma, high]: RegExpExecArray): [number, number] {
  if (sign === '?') return [0, 1];
  if (sign) return [sign === '+' ? 1 : 0, Infinity];
  const min = Number(low);
  if (!comma) return [min, min];
  return [min, high === undefined ? Infinity : Number(high)];
}
