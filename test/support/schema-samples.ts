import { uuidv7 } from '../../shared/kernel/ids.ts';

/** A JSON Schema as the OpenAPI document holds it. */
export interface Schema {
  type?: string;
  format?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  additionalProperties?: boolean | Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  enum?: unknown[];
  const?: unknown;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  example?: unknown;
  examples?: unknown[];
}

/** A place in a sample, and what the schema says of it. */
export interface Place {
  path: (string | number)[];
  schema: Schema;
  nullable: boolean;
  required: boolean;
}

/** What fits where a pattern is too much for a generator. */
const BY_NAME: Record<string, unknown> = {
  country: 'DE',
  countries: ['DE'],
  countriesNot: ['AT'],
  currency: 'EUR',
  url: 'http://127.0.0.1:9/hooks',
  vatId: 'DE136695976',
  iban: 'DE02120300000000202051',
  bic: 'COBADEFFXXX',
  numberPattern: 'RE-{year}-{number:5}',
  password: 'a long enough password',
  newPassword: 'another long password',
};

/**
 * A value that fits a schema, with every optional field.
 * @param known  values by the name of the field
 */
export function sampleOf(schema: Schema, known: Record<string, unknown> = {}, name = ''): unknown {
  const { schema: plain } = withoutNull(schema);
  if (name in known) return known[name];
  if (name in BY_NAME) return BY_NAME[name];
  if (plain.const !== undefined) return plain.const;
  if (plain.enum) return plain.enum[0];
  const example = plain.example ?? plain.examples?.[0];
  if (example !== undefined) return example;
  if (plain.properties)
    return Object.fromEntries(
      Object.entries(plain.properties).map(([key, inner]) => [key, sampleOf(inner, known, key)]),
    );
  if (plain.type === 'object') return {};
  if (plain.type === 'array') return [sampleOf(plain.items ?? {}, known, name)];
  if (plain.type === 'boolean') return true;
  if (plain.type === 'integer' || plain.type === 'number') return Math.max(1, plain.minimum ?? 1);
  return textFor(plain);
}

function textFor({ format, pattern = '', minLength = 0, maxLength = 40 }: Schema): string {
  if (format === 'uuid') return uuidv7(new Date());
  if (format === 'date') return '2026-10-31';
  if (format === 'date-time') return '2026-10-31T12:00:00Z';
  if (format === 'email' || pattern.includes('@')) return 'somebody@example.com';
  if (pattern.includes('\\d{1,12}')) return '1';
  return 'text'.padEnd(minLength, '-').slice(0, maxLength);
}

/** The branch that is not null, and the first where there are several. */
export function withoutNull(schema: Schema): { schema: Schema; nullable: boolean } {
  const branches = schema.anyOf ?? schema.oneOf;
  if (!branches) return { schema, nullable: schema.type === 'null' };
  return {
    schema: branches.find(({ type }) => type !== 'null') ?? {},
    nullable: branches.some(({ type }) => type === 'null'),
  };
}

/** Every place of a sample: fields, elements, and the objects and lists that hold them. */
export function placesOf(
  schema: Schema,
  value: unknown,
  at: Pick<Place, 'path' | 'required'> = { path: [], required: true },
): Place[] {
  const { schema: plain, nullable } = withoutNull(schema);
  const own: Place = { ...at, schema: plain, nullable };
  if (Array.isArray(value))
    return [
      own,
      ...value.flatMap((inner, index) =>
        placesOf(plain.items ?? {}, inner, { path: [...at.path, index], required: true }),
      ),
    ];
  if (typeof value !== 'object' || value === null || !plain.properties) return [own];
  return [
    own,
    ...Object.entries(value).flatMap(([key, inner]) =>
      placesOf(plain.properties![key] ?? {}, inner, {
        path: [...at.path, key],
        required: plain.required?.includes(key) ?? false,
      }),
    ),
  ];
}

/** A copy with another value at one place; `undefined` takes the field away. */
export function withValue(value: unknown, [key, ...rest]: readonly (string | number)[], next: unknown): unknown {
  if (key === undefined) return next;
  const copy: Record<string | number, unknown> = Array.isArray(value)
    ? ([...value] as never)
    : { ...(value as object) };
  copy[key] = withValue(copy[key], rest, next);
  return copy;
}
