import { BOUNDARY, formEnd, formPart, MULTIPART } from './multipart.ts';

/** A body that no upload may accept, with the answers it may get. */
export interface HostileForm {
  what: string;
  body: Buffer;
  type: string;
  statuses: readonly number[];
}

const LONGEST_FIELD = 64 * 1_024;

/** @param whole  a body that would be accepted */
export function hostileForms(whole: Buffer): HostileForm[] {
  const form = (what: string, body: Buffer, type = MULTIPART, statuses: readonly number[] = [400, 415, 422]) => ({
    ...{ what, body, type, statuses },
  });
  const more = (...parts: Buffer[]) => Buffer.concat([...parts, whole]);
  const many = (count: number, filename?: string) =>
    Array.from({ length: count }, (_, index) => formPart(`f${index}`, 'x', filename));
  return [
    form('cut at the half', whole.subarray(0, whole.length / 2), MULTIPART, [400]),
    form('cut at its last byte', whole.subarray(0, -formEnd.length - 3), MULTIPART, [400]),
    form('without its closing boundary', whole.subarray(0, -formEnd.length), MULTIPART, [400]),
    form('with half a closing boundary', whole.subarray(0, -6), MULTIPART, [400]),
    form('with another boundary', whole, 'multipart/form-data; boundary=other', [400]),
    form('without a boundary', whole, 'multipart/form-data', [400, 415]),
    form('with an empty boundary', whole, 'multipart/form-data; boundary=', [400, 415]),
    form('with a boundary of 5 kB', whole, `multipart/form-data; boundary=${'b'.repeat(5_000)}`, [400, 415]),
    form('as JSON', whole, 'application/json', [415]),
    form('as multipart/mixed', whole, `multipart/mixed; boundary=${BOUNDARY}`, [415]),
    form('as an encoded form', Buffer.from('file=x'), 'application/x-www-form-urlencoded', [415]),
    form('as plain bytes', whole, 'image/jpeg', [415]),
    form('that is empty', Buffer.alloc(0), MULTIPART, [400, 415]),
    form('of the end alone', formEnd, MULTIPART, [400, 422]),
    form('with an empty file', formWith(formPart('file', '', 'a.jpg')), MULTIPART, [422]),
    form('with a field for a file', formWith(formPart('file', 'text')), MULTIPART, [422]),
    form('with two files', more(formPart('file', 'x', 'b.jpg')), MULTIPART, [422]),
    form('with 11 files', more(...many(11, 'a.jpg')), MULTIPART, [422]),
    form('with 10,000 fields', more(...many(10_000)), MULTIPART, [422]),
    form('with a field of 1 MB', more(formPart('note', 'x'.repeat(1_000_000))), MULTIPART, [413]),
    form('with a field one byte too long', more(formPart('note', 'x'.repeat(LONGEST_FIELD + 1))), MULTIPART, [413]),
    form('with an unknown field', more(formPart('isAdmin', 'true')), MULTIPART, [422]),
    form('with __proto__ as a field', more(formPart('__proto__', 'x')), MULTIPART, [422]),
    form('with constructor as a field', more(formPart('constructor', 'x')), MULTIPART, [422]),
    form('with a field that is not UTF-8', more(formPart('note', Buffer.from([0xc3, 0x28]))), MULTIPART, [400, 422]),
    ...HEADS.map(([what, head]) => form(what, more(Buffer.from(`--${BOUNDARY}\r\n${head}`, 'latin1')))),
  ];
}

const formWith = (...parts: Buffer[]): Buffer => Buffer.concat([...parts, formEnd]);

/** Beginnings of a part that mean nothing. */
const HEADS: readonly (readonly [string, string])[] = [
  ['with a part without a name', 'Content-Disposition: form-data\r\n\r\nx\r\n'],
  ['with a head that never ends', 'Content-Disposition: form-data; name="a"\r\n'],
  ['with a part without a head', '\r\nx\r\n'],
  ['with a head without a disposition', 'Content-Type: text/plain\r\n\r\nx\r\n'],
  ['with an attachment for a field', 'Content-Disposition: attachment; name="file"; filename="a"\r\n\r\nx\r\n'],
  ['with a head without a colon', 'Content-Disposition\r\n\r\nx\r\n'],
  ['with an open quote', 'Content-Disposition: form-data; name="file\r\n\r\nx\r\n'],
  ['with a NUL in a name', 'Content-Disposition: form-data; name="fi\u0000le"; filename="a"\r\n\r\nx\r\n'],
  ['with a head of 20 kB', `Content-Disposition: form-data; name="${'n'.repeat(20_000)}"\r\n\r\nx\r\n`],
  ['with 1,000 lines of head', `${'X-A: b\r\n'.repeat(1_000)}\r\nx\r\n`],
  ['with line feeds alone', 'Content-Disposition: form-data; name="a"\n\nx\n'],
];

/**
 * Where to break off a body: before it, within its boundaries, heads and content, at their borders, and anywhere.
 * @param random  from 0 to 1
 */
export function breakPoints(body: Buffer, random: () => number): number[] {
  const headEnd = body.indexOf('\r\n\r\n', body.indexOf('filename='));
  const last = body.length - formEnd.length;
  const points = [
    ...[0, 1, 3, BOUNDARY.length + 2, BOUNDARY.length + 4, BOUNDARY.length + 20],
    ...[-30, -3, 0, 1, 2, 3, 4, 5].map((by) => headEnd + by),
    ...[-40, -2, -1, 0, 1, 2, 6, BOUNDARY.length + 2, BOUNDARY.length + 3].map((by) => last + by),
    ...[body.length - 2, body.length - 1],
    ...Array.from({ length: 8 }, () => Math.floor(random() * body.length)),
  ];
  return [...new Set(points)].filter((at) => at >= 0 && at < body.length).toSorted((a, b) => a - b);
}
