import { z } from 'zod';
import { localTimeReader } from './local-time.ts';
import { compilePattern, groupCount } from './safe-pattern.ts';

/** What a profile can read from a row. `merchant` has a rule of its own. */
export const IMPORT_FIELDS = [
  'document',
  'articleCode',
  'articleName',
  'quantity',
  'unitPrice',
  'timestamp',
  'customer',
  'country',
] as const;

export type ImportField = (typeof IMPORT_FIELDS)[number];

const columnName = z.string().trim().min(1).max(200);
const pattern = checked(z.string().min(1), compilePattern);
const countryCode = z.string().regex(/^[A-Z]{2}$/, 'An ISO 3166 alpha-2 code has two capital letters');
const grams = z.int().positive().max(10_000_000);

const filter = z
  .strictObject({
    field: z.enum(IMPORT_FIELDS),
    matches: pattern.optional(),
    equals: z.string().max(100).optional(),
    notEquals: z.string().max(100).optional(),
  })
  .refine((rule) => [rule.matches, rule.equals, rule.notEquals].filter((test) => test !== undefined).length === 1, {
    error: 'A filter has exactly one of matches, equals and notEquals',
  });

const merchantRule = z.discriminatedUnion('from', [
  z.strictObject({ from: z.literal('column'), column: columnName }),
  z.strictObject({ from: z.literal('constant'), number: z.string().trim().min(1).max(20) }),
  z.strictObject({
    from: z.literal('pattern'),
    field: z.enum(['articleCode', 'articleName', 'document', 'customer']),
    pattern: pattern.refine(hasOneGroup, { error: 'The pattern needs exactly one group: the merchant number' }),
  }),
]);

/**
 * How the rows of a foreign CSV file become orders and announced returns. Written by administrators, kept as JSON,
 * explained field by field in docs/import-profiles.md.
 */
export const mappingProfile = z
  .strictObject({
    name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,49}$/, 'Lower-case letters, digits and hyphens, at most 50'),
    description: z.string().max(1000).optional(),
    channel: z.string().regex(/^[a-z0-9][a-z0-9-]{0,49}$/, 'Lower-case letters, digits and hyphens, at most 50'),
    currency: z.string().regex(/^[A-Z]{3}$/, 'An ISO 4217 code has three capital letters'),
    delimiter: z.enum([',', ';', '\t', '|']),
    columns: z.strictObject({
      document: columnName,
      articleCode: columnName,
      articleName: columnName.optional(),
      quantity: columnName,
      unitPrice: columnName.optional(),
      timestamp: columnName,
      customer: columnName.optional(),
      country: columnName.optional(),
    }),
    articleCode: z.strictObject({ upperCase: z.boolean().default(false), matches: pattern.optional() }).prefault({}),
    merchant: merchantRule,
    time: z.strictObject({
      format: z.string().min(8).max(40),
      zone: z.string().regex(/^[A-Za-z][A-Za-z0-9_+/-]{0,49}$/, 'An IANA zone such as Europe/Berlin'),
    }),
    numbers: z
      .strictObject({ decimal: z.enum(['.', ',']).default('.'), group: z.enum(['', '.', ',', ' ', "'"]).default('') })
      .prefault({}),
    valueMaps: z.strictObject({ country: z.record(z.string().max(100), countryCode).optional() }).prefault({}),
    constants: z.strictObject({
      country: countryCode.optional(),
      weightGrams: grams.optional(),
      weightGramsPerPiece: grams.optional(),
      carrier: z.string().trim().min(1).max(50),
    }),
    filters: z.array(filter).max(50).default([]),
    documents: z.strictObject({ order: pattern, returnPrefix: z.string().min(1).max(20).optional() }),
  })
  .check((context) => {
    for (const [path, message] of contradictions(context.value)) {
      context.issues.push({ code: 'custom', path, message, input: context.value });
    }
  });

export type MappingProfile = z.output<typeof mappingProfile>;

function contradictions({ columns, constants, numbers, time }: ProfileParts): [string[], string][] {
  const found: [string[], string][] = [];
  if ((constants.weightGrams === undefined) === (constants.weightGramsPerPiece === undefined)) {
    found.push([['constants'], 'Exactly one of weightGrams (a parcel) and weightGramsPerPiece is needed']);
  }
  if ((columns.country === undefined) === (constants.country === undefined)) {
    found.push([['columns', 'country'], 'The country comes either from a column or from a constant']);
  }
  if (numbers.decimal === numbers.group) found.push([['numbers', 'group'], 'Decimal and group sign are the same']);
  const fault = faultOf(() => localTimeReader(time.format, time.zone));
  if (fault) found.push([['time'], fault]);
  return found;
}

interface ProfileParts {
  columns: { country?: string | undefined };
  constants: {
    country?: string | undefined;
    weightGrams?: number | undefined;
    weightGramsPerPiece?: number | undefined;
  };
  numbers: { decimal: string; group: string };
  time: { format: string; zone: string };
}

function checked(schema: z.ZodString, compile: (source: string) => unknown): z.ZodString {
  return schema.check((context) => {
    const fault = faultOf(() => compile(context.value));
    if (fault) context.issues.push({ code: 'custom', message: fault, input: context.value });
  });
}

function faultOf(attempt: () => unknown): string | null {
  try {
    attempt();
    return null;
  } catch (error) {
    return error instanceof RangeError ? error.message : 'Not understood';
  }
}

function hasOneGroup(source: string): boolean {
  return faultOf(() => compilePattern(source)) !== null || groupCount(compilePattern(source)) === 1;
}
