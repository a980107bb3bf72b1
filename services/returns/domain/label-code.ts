/**
 * What stands on the label of an item or a batch box. Signs that look alike are left out, and Y and Z as well: a
 * scanner types as a keyboard, and German and English ones have them in each other's place. 29 is prime, so that the
 * check sign finds every wrong sign and every two neighbours that changed places.
 */
const SIGNS = '0123456789ABCDEFGHJKMNPRSTVWX';
const BASE = SIGNS.length;
const LEAST_SIGNS = 5;
/** A batch code with the prefix of an item must not be a valid code. */
const KINDS = { item: { prefix: 'KI', offset: 0 }, batch: { prefix: 'KB', offset: 14 } } as const;

export type LabelKind = keyof typeof KINDS;

/**
 * The code of a label: `KI-0004P7`.
 * @param number  of the item or batch; a positive integer that is never used again
 */
export function labelCode(kind: LabelKind, number: bigint): string {
  if (number < 1n) throw new RangeError(`Not a label number: ${number}`);
  let signs = '';
  for (let rest = number; rest > 0n; rest /= BigInt(BASE)) signs = SIGNS[Number(rest % BigInt(BASE))]! + signs;
  const body = signs.padStart(LEAST_SIGNS, '0');
  const { prefix, offset } = KINDS[kind];
  return `${prefix}-${body}${SIGNS[(BASE - weighted(body, offset)) % BASE]!}`;
}

/**
 * What a scanned or typed code names: small letters, blanks, a missing hyphen and O, I, L for figures are forgiven.
 * @returns `undefined` for anything that is no code of ours, also for one with a typing error
 */
export function readLabelCode(text: string): { kind: LabelKind; number: bigint } | undefined {
  // what a hyphen becomes when scanner and computer disagree about the keyboard
  const upper = text.trim().replaceAll(/[ß']/g, '-').toUpperCase();
  const [, letter, signs] = /^K([IB])[-\s]*([0-9A-Z][0-9A-Z\s]{4,20})$/.exec(upper) ?? [];
  if (!letter || !signs) return undefined;
  const kind = letter === 'I' ? 'item' : 'batch';
  const plain = signs.replaceAll(/\s/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');
  const body = plain.slice(0, -1);
  const check = SIGNS.indexOf(plain.slice(-1));
  if (body.length < LEAST_SIGNS || check < 0 || [...body].some((sign) => !SIGNS.includes(sign))) return undefined;
  if ((weighted(body, KINDS[kind].offset) + check) % BASE !== 0) return undefined;
  const number = [...body].reduce((sum, sign) => sum * BigInt(BASE) + BigInt(SIGNS.indexOf(sign)), 0n);
  return number > 0n && number < 2n ** 63n ? { kind, number } : undefined;
}

/** The check sign has weight 1, the sign before it 2, and so on. */
const weighted = (body: string, offset: number): number =>
  [...body].reduce((sum, sign, index) => (sum + (body.length + 1 - index) * SIGNS.indexOf(sign)) % BASE, offset);
