import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import { parseInput } from '../../../shared/moleculer/actions.ts';
import { pricingActions } from '../../../shared/protocol/billing/pricing-actions.ts';
import { ordersActions } from '../../../shared/protocol/orders/actions.ts';
import type { ActionDefinition } from '../../../shared/protocol/define.ts';
import { ALL_ACTIONS } from '../../../shared/protocol/index.ts';
import { line, text } from '../../../shared/protocol/schemas.ts';

/** A letter that NFC keeps as two. */
const GROWS = '\u0958';
/** Of which NFC makes other numbers of code points: decomposed, composed, excluded from composition, reordered, of another plane. */
const LIVELY = [
  GROWS,
  'a',
  'ä',
  'a\u0308',
  'α\u0313\u0300\u0345',
  '\u0301',
  '\u0323',
  '\u{1D160}',
  '각',
  '각',
  ' ',
  '\n',
];
/** UTF-16 units come alone too: halves of pairs and control characters. */
const anyText = (max: number) =>
  fc.oneof(
    fc.string({ unit: fc.constantFrom(...LIVELY), maxLength: max + 2 }),
    fc.tuple(fc.constantFrom(...LIVELY), fc.integer({ min: 0, max })).map(([unit, times]) => unit.repeat(times)),
    fc.string({ unit: 'binary', maxLength: max + 2 }),
    fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: max + 2 }).map((units) => String.fromCharCode(...units)),
  );

test.each([
  ['a text', text],
  ['a line', line],
])('%s is measured as it is kept', (_what, schema) => {
  expect(schema(80).parse(GROWS.repeat(40))).toBe('\u0915\u093C'.repeat(40));
  expect(schema(80).safeParse(GROWS.repeat(41)).success).toBe(false);
  expect(schema(80).parse('a\u0308'.repeat(80))).toBe('ä'.repeat(80));
  expect(schema(80).safeParse('a\u0308'.repeat(81)).success).toBe(false);
  expect(schema(2).parse('α\u0313\u0300\u0345'.repeat(2))).toBe('\u1F82\u1F82');
  expect(schema(80).parse('\u{1F600}'.repeat(80))).toBe('\u{1F600}'.repeat(80));
  expect(schema(80).safeParse('').success).toBe(false);
});

test.each([
  ['a text', text],
  ['a line', line],
])('what is taken as %s is taken again and stays the same, so no stored write fails in its answer', (_what, schema) => {
  let taken = 0;
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 90 }).chain((max) => fc.tuple(fc.constant(max), anyText(max))),
      ([max, given]) => {
        const first = schema(max).safeParse(given);
        if (!first.success) return;
        taken += 1;
        expect([...first.data].length).toBeLessThanOrEqual(max);
        expect(schema(max).parse(first.data)).toBe(first.data);
      },
    ),
    { numRuns: 3_000 },
  );
  expect(taken).toBeGreaterThan(500);
});

test('every text of every request is taken again as it is kept', () => {
  const texts = (ALL_ACTIONS as ActionDefinition[]).flatMap(({ name, params, body }) =>
    [...textsOf(params), ...(body ? textsOf(body) : [])].map((schema) => ({ name, schema })),
  );
  const lengths = new Map<string, { name: string; schema: z.ZodString }>();
  for (const each of texts) lengths.set(`${each.name} ${each.schema.maxLength}`, each);
  expect(lengths.size).toBeGreaterThan(100);
  for (const { name, schema } of lengths.values()) {
    const max = schema.maxLength ?? 500;
    for (const unit of LIVELY)
      for (const times of [1, Math.floor(max / 3), Math.floor(max / 2), max]) {
        const first = schema.safeParse(unit.repeat(times));
        if (first.success)
          expect({ name, kept: schema.safeParse(first.data).data }).toEqual({ name, kept: first.data });
      }
  }
});

test('D4 D8 G12 no reason of a request is nothing but blanks, and each is kept without its edges', () => {
  const reasons = (ALL_ACTIONS as ActionDefinition[]).flatMap(({ name, body }) =>
    (body ? reasonsOf(body) : []).map((schema) => ({ name, schema })),
  );
  expect(reasons.map(({ name }) => name)).toEqual(
    expect.arrayContaining([
      'billing.holdCharge',
      'billing.waiveCharge',
      'orders.correctSpecialJob',
      'orders.cancelShipment',
    ]),
  );
  for (const { name, schema } of reasons) {
    for (const blank of ['', ' ', '\u00a0\u2003', '\u200b', ' \ufeff '])
      expect({ name, blank, taken: schema.safeParse(blank).success }).toEqual({ name, blank, taken: false });
    expect(schema.parse(' Miscounted,\u00a0twice\u200b ')).toBe('Miscounted,\u00a0twice');
  }
});

test('D4 D8 G12 a reason of blanks is refused by its field', () => {
  for (const [definition, given] of [
    [pricingActions.holdCharge, { id: crypto.randomUUID() }],
    [ordersActions.cancelShipment, { id: crypto.randomUUID(), shipmentId: crypto.randomUUID(), restocked: true }],
  ] as const)
    expect(() => parseInput(definition, { ...given, reason: ' \u200b' })).toThrow(
      expect.objectContaining({ code: 422, data: { errors: [expect.objectContaining({ path: 'reason' })] } }),
    );
});

/** What a person says of why; the codes by which shops name the reason of a return are shorter. */
function reasonsOf(schema: z.core.$ZodType): z.ZodString[] {
  if (schema instanceof z.ZodArray) return reasonsOf(schema.element);
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return reasonsOf(schema.unwrap());
  if (!(schema instanceof z.ZodObject)) return [];
  return Object.entries(schema.shape as z.core.$ZodShape).flatMap(([key, value]) =>
    key === 'reason' ? textsOf(value).filter(({ maxLength }) => maxLength! >= 200) : reasonsOf(value),
  );
}

/** Every string within a schema. */
function textsOf(schema: z.core.$ZodType): z.ZodString[] {
  if (schema instanceof z.ZodString) return [schema];
  if (schema instanceof z.ZodObject) return Object.values(schema.shape as z.core.$ZodShape).flatMap(textsOf);
  if (schema instanceof z.ZodArray) return textsOf(schema.element);
  if (schema instanceof z.ZodUnion) return schema.options.flatMap(textsOf);
  if (schema instanceof z.ZodRecord) return textsOf(schema.valueType);
  if (schema instanceof z.ZodPipe) return textsOf(schema.in);
  return schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault
    ? textsOf(schema.unwrap())
    : [];
}
