import type { Place } from './schema-samples.ts';

/** What can be wrong with a value: gives the wrong values for a place, none where it would not be wrong there. */
export type Mutation = (place: Place, value: unknown) => unknown[];

/** Stands for text that JSON.stringify cannot write; `toWire` puts it in. */
const raw = (text: string) => `@@${text}@@`;
const PROTO = '@@proto@@';

/** JSON with what a well-behaved client could not send. */
export const toWire = (body: unknown): string =>
  JSON.stringify(body)
    .replaceAll(`"${PROTO}"`, '"__proto__"')
    .replaceAll(/"@@(.+?)@@"/g, '$1');

const isText = ({ schema: { type, enum: options, const: only } }: Place) =>
  type === 'string' && !options && only === undefined;
const isNumber = ({ schema: { type } }: Place) => type === 'integer' || type === 'number';
const isScalar = ({ schema: { type } }: Place) => type !== 'object' && type !== 'array' && type !== undefined;
const isObject = ({ schema: { properties } }: Place) => properties !== undefined;
const only = (holds: boolean, ...values: unknown[]) => (holds ? values : []);
const isDecimal = ({ schema: { pattern = '' } }: Place) => pattern.includes('\\d{1,12}');

/** Wrong in every case: the answer has to be 4xx. */
export const REFUSED: Record<string, Mutation> = {
  'a wrong type': (place, value) => [
    ...only(typeof value === 'string', 12, true, raw('1.5')),
    ...only(typeof value === 'number', String(value), false),
    ...only(typeof value === 'boolean', 'true', 1),
    ...only(!isScalar(place) && place.path.length > 0 && place.schema.type !== undefined, 'text', 7),
  ],
  'a missing field': ({ required, path }) => only(required && typeof path.at(-1) === 'string', undefined),
  'an unknown field': (place, value) =>
    only(isObject(place), ...['isAdmin', 'postedAt', '$where'].map((key) => ({ ...(value as object), [key]: true }))),
  'null for a value': ({ nullable, path, schema }) =>
    only(!nullable && path.length > 0 && schema.type !== undefined, null),
  'a list for a value': (place, value) => only(isScalar(place), [value], []),
  'an object of operators': (place) => only(isScalar(place), { $ne: null }, { $gt: '' }, { $like: '%' }, { id: {} }),
  'an object for a value': (place) => only(isScalar(place), {}, { length: 1 }, { toString: 'x' }, { toJSON: 'x' }),
  'lists within lists': (place, value) => only(isScalar(place), [[[[[[[[value]]]]]]]]),
  'a way to prototypes': (place, value) =>
    only(
      isObject(place),
      { ...(value as object), [PROTO]: { isAdmin: true } },
      { ...(value as object), constructor: { prototype: { isAdmin: true } } },
    ),
  'a number that is none': (place) => only(isNumber(place), raw('1e309'), raw('-1e309'), 'NaN', 'Infinity'),
  'a number beyond 2^53': (place) => only(isNumber(place), raw('9007199254740993'), raw('1e300'), raw('-1e20')),
  'a fraction for an integer': (place) => only(place.schema.type === 'integer', 1.5, 1e-7),
  'a number out of bounds': ({ schema: { minimum, maximum } }) => [
    ...only(minimum !== undefined, minimum! - 1),
    ...only(maximum !== undefined, maximum! + 1),
  ],
  'a decimal that is none': (place) =>
    only(isDecimal(place), '-', '1e5', 'NaN', '1,5', '1.0000001', '99999999999999999999', ' 1', '1\n', '0x10', ''),
  'a NUL in text': (place) => only(isText(place), 'a\u0000b', '\u0000', 'a\u0008b'),
  'a lone surrogate': (place) => only(isText(place), 'a\ud800b', '\udc00'),
  'text of 50 kB': (place) => only(isText(place), 'x'.repeat(50_000), '1'.repeat(50_000), 'ä{'.repeat(25_000)),
  'text over its length': (place) => only(isText(place) && place.schema.maxLength! < 49_000, 'x'.repeat(49_999)),
  'a day that does not exist': ({ schema: { format } }) =>
    only(format === 'date', '2026-02-30', '9999-12-31', '0000-00-00', '2026-13-01', '31.10.2026', '2026-10-31T00:00'),
  'an instant that does not exist': ({ schema: { format } }) =>
    only(
      format === 'date-time',
      ...['2026-02-30T00:00:00Z', '9999-12-31T23:59:59Z', '0000-01-01T00:00:00Z', '2026-10-31', '2026-10-31T25:00:00Z'],
      ...['2026-10-31T12:00:00', '1026-10-31T12:00:00Z', '+12026-10-31T12:00:00Z'],
    ),
  'an id that is none': ({ schema: { format } }, value) =>
    only(
      format === 'uuid',
      ...[`{${String(value)}}`, `${String(value)}\n`, ` ${String(value)}`, `urn:uuid:${String(value)}`, '1', '*', ''],
    ),
  'a word that is not in the list': ({ schema: { enum: options, const: one } }) =>
    only(options !== undefined || one !== undefined, 'posted', '', "' OR 1=1--"),
  'several addresses for one': ({ schema: { format, pattern = '' } }) =>
    only(
      format === 'email' || pattern.includes('@'),
      ...['a@x.de, evil@e.com', 'b@y.de>\r\nRCPT TO:<evil@e.com', 'a@x.de\r\nBcc: b@y.de', `${'a:'.repeat(100)}b@y.de`],
    ),
};

/** May be kept as it is, as text; only the product must not fall over it. */
export const LITERAL: Record<string, Mutation> = {
  'what fits': ({ path }, value) => only(path.length === 0, value),
  'SQL and wildcards': (place) => only(isText(place), "' OR 1=1--", '%', '_', "'; drop table billing.charge; --", '\\'),
  'the least and the most that fits': (place) => {
    const { format, minimum, maximum, maxLength } = place.schema;
    return [
      ...only(isNumber(place) && minimum !== undefined, minimum),
      ...only(isNumber(place) && maximum !== undefined, maximum),
      ...only(isText(place) && !format && maxLength !== undefined, 'x'.repeat(maxLength!), '€'.repeat(maxLength!)),
      ...only(isDecimal(place), '999999999999.999999', '0', '0.000001', '000000000001'),
      ...only(format === 'date', '2000-01-01', '2199-12-31'),
      ...only(format === 'date-time', '2000-01-02T00:00:00+23:59', '2199-12-29T23:59:59-23:59', '2026-10-31T12:00Z'),
    ];
  },
  'odd Unicode': (place) => only(isText(place), '\u202e\u202d', `e${'\u0301'.repeat(35)}`, '\ufeff', '😀'.repeat(9)),
  'templates and formulas': (place) =>
    only(isText(place), '{{constructor}}', '${7*7}', '=1+1', '<script>', 'a\r\nBcc:'),
};

/** Numbers from 0 to 1 that are the same in every run. */
export function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** At most `most` of the list, in its order. */
export function someOf<Item>(list: readonly Item[], most: number, random: () => number): Item[] {
  if (list.length <= most) return [...list];
  const chosen = new Set<number>();
  while (chosen.size < most) chosen.add(Math.floor(random() * list.length));
  return list.filter((_, index) => chosen.has(index));
}

const encoded = (key: unknown) => Buffer.from(JSON.stringify(key)).toString('base64url');
const ID = '01890000-0000-7000-8000-000000000000';

/** Cursors of which nothing can be read. */
export const UNREADABLE_CURSORS: string[] = [
  'x',
  '%00',
  '%7B%7D',
  encoded({}),
  encoded(null),
  encoded([]),
  encoded([null]),
  encoded([{}, {}]),
  encoded([1, 2]),
  encoded(['x', 'y', 'z', 'q']),
  encoded(['a\u0000', ID]),
  encoded(['a\ud800', ID]),
  encoded(['\u0000']),
  encoded(['x', "'"]),
  encoded(['2026-10-01T10:00:00Z', `${ID}\n`]),
  encoded(Array.from({ length: 40 }, () => 'x')),
];

/** Cursors in the right form that no list gave out: right ones of lists that go by a name. */
export const FORGED_CURSORS: string[] = [
  encoded(["' OR 1=1--"]),
  encoded(['2026-02-30T00:00:00Z', ID]),
  encoded(['0000-01-01T00:00:00Z', ID]),
  encoded(['2026-10-01 99:99:99+00', ID]),
  encoded(['-infinity', ID]),
  encoded(['2026-13-01', ID]),
  encoded(['NaN', ID]),
  encoded(['2026-10-01 10:00:00+00', 'x', ID]),
];
