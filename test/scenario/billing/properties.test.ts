import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  amountMinor,
  billedQuantity,
  countsMonth,
  priceParts,
  type PricedPart,
} from '../../../services/billing/domain/rate-models.ts';
import { formatMicros, parseMicros } from '../../../shared/kernel/decimal.ts';
import { lineNetMinor } from '../../../shared/kernel/money.ts';
import { rateModel, type RateModel } from '../../../shared/protocol/billing/rate-model.ts';
import { adjustment, minimum, randomModel } from '../../support/random-worlds.ts';
import {
  createScenarioWorld,
  perUnit,
  rule,
  type Rule,
  type ScenarioEvent,
  type ScenarioLine,
  type ScenarioMerchant,
  type ScenarioWorld,
  type Version,
} from '../../support/scenario-world.ts';

/**
 * The query that prices drafts against the functions of the domain: rules and events made by chance, corrections among
 * them, spread by chance over the first half, the second half and what comes late.
 */
let world: ScenarioWorld;
beforeAll(async () => {
  world = await createScenarioWorld();
});
afterAll(() => world.close());

const RUNS = Number(process.env['KONTOR_RANDOM_WORLDS'] ?? 20);
const MONTH = '2027-03';
const CUTOFFS = ['2027-03-15', '2027-03-31', '2027-04-15'] as const;

interface Happening {
  rule: number;
  quantity: string;
  /** Index of the cut-off that bills it. */
  run: number;
  day: number;
}
const happening = (rules: number, quantity: fc.Arbitrary<string>): fc.Arbitrary<Happening> =>
  fc
    .record({ rule: fc.nat(rules - 1), quantity, run: fc.nat(2), day: fc.integer({ min: 1, max: 31 }) })
    // the first half holds no later day, and what is of the first half and comes with the second is late too
    .map((one) => ({ ...one, day: one.run === 0 ? Math.min(one.day, 15) : one.day }));

const anyQuantity = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: 1, max: 150 }).map(String) },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 99_999_999 }).map((micros) => formatMicros(BigInt(micros))) },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 150 }).map((pieces) => `-${pieces}`) },
);

test('E2 E8 the query prices as the functions of the domain do, whatever the split', async () => {
  const given = fc.record({
    models: fc.array(randomModel, { minLength: 3, maxLength: 6 }),
    events: fc.array(happening(3, anyQuantity), { minLength: 1, maxLength: 40 }),
  });
  await fc.assert(
    fc.asyncProperty(given, async ({ models, events }) => {
      const billed = await bill(models, events);
      models.forEach((model, index) => {
        const own = events.filter((event) => event.rule === index);
        expect([index, billed.get(index) ?? [[], [], []]]).toEqual([index, expectedLines(rateModel.parse(model), own)]);
      });
    }),
    { numRuns: RUNS, endOnFailure: true },
  );
}, 120_000);

test('E2 E8 splitting and reordering change no total: in whole cents a month is the price of its units', async () => {
  const cents = fc.integer({ min: 0, max: 999 }).map((value) => (value / 100).toFixed(2));
  const whole = fc.integer({ min: 1, max: 150 }).map(String);
  const given = fc.record({
    models: fc.array(
      randomModel.chain((model) =>
        fc.array(cents, { minLength: 9, maxLength: 9 }).map((prices) => inCents(model, prices)),
      ),
      { minLength: 3, maxLength: 3 },
    ),
    events: fc.array(happening(3, whole), { minLength: 1, maxLength: 25 }),
  });
  await fc.assert(
    fc.asyncProperty(given, async ({ models, events }) => {
      const billed = await bill(models, events);
      models.forEach((input, index) => {
        const model = rateModel.parse(input);
        const own = events.filter((event) => event.rule === index);
        const units = own.reduce((sum, { quantity }) => sum + billedQuantity(model, parseMicros(quantity)), 0n);
        const total = (billed.get(index) ?? []).flat().reduce((sum, { net }) => sum + net, 0);
        expect([index, total]).toEqual([index, amountMinor(priceParts(model, units, { serviceMonth: MONTH }))]);
      });
    }),
    { numRuns: RUNS, endOnFailure: true },
  );
}, 120_000);

test('E9 every line is the price of its charges, every total the sum of its lines, and no month ends below its minimum', async () => {
  const whole = fc.integer({ min: 1, max: 150 }).map(String);
  const given = fc.record({
    models: fc.array(randomModel, { minLength: 3, maxLength: 3 }),
    events: fc.array(happening(3, whole), { minLength: 1, maxLength: 25 }),
    adjustments: fc.uniqueArray(adjustment, { maxLength: 3, selector: ({ key }) => key }),
    minimums: fc.array(minimum, { maxLength: 1 }),
  });
  await fc.assert(
    fc.asyncProperty(given, async ({ models, events, ...terms }) => {
      const merchant = await merchantWith(models, terms);
      const lines = await billAll(merchant, events);
      await expectSound(merchant.id);
      const [, secondHalf] = lines;
      const lowest = terms.minimums.find(({ groups }) => groups === undefined)?.amount;
      // a document of nothing is not issued, so the minimum of a month without one waits
      if (lowest === undefined || !secondHalf!.length) return;
      const ofTheMonth = lines.slice(0, 2).flatMap((run) => run.filter(([month]) => month === MONTH));
      const billed = ofTheMonth.reduce((sum, [, , , , net]) => sum + net, 0);
      expect(billed).toBeGreaterThanOrEqual(lineNetMinor(1_000_000n, parseMicros(lowest)));
    }),
    { numRuns: RUNS, endOnFailure: true },
  );
}, 120_000);

/** Of all that was billed to a merchant: quantities, amounts and taxes add up. */
async function expectSound(merchantId: string): Promise<void> {
  const { query } = world.database;
  const lines = await query<Record<'quantity' | 'price' | 'base' | 'charged', string> & { kind: string; net: number }>(
    `select l.kind, l.quantity::text, l.unit_price::text as price, l.base_quantity::text as base, l.net_minor::int as net,
       (select coalesce(sum(c.quantity), 0) from billing.invoice_line_charge c where c.line_id = l.id)::text as charged
     from billing.invoice_line l join billing.invoice i on i.id = l.invoice_id where i.merchant_id = $1`,
    [merchantId],
  );
  for (const { kind, quantity, price, base, net, charged } of lines) {
    expect(net).toBe(lineNetMinor(parseMicros(quantity), parseMicros(price), parseMicros(base)));
    if (kind === 'charges') expect(parseMicros(charged)).toBe(parseMicros(quantity));
  }
  const totals = await query(
    `select i.net_minor::int as net, (select sum(l.net_minor)::int from billing.invoice_line l where l.invoice_id = i.id) as lines,
       i.vat_minor::int as vat, (select sum(v.vat_minor)::int from billing.invoice_vat v where v.invoice_id = i.id) as vats
     from billing.invoice i where i.merchant_id = $1`,
    [merchantId],
  );
  for (const { net, lines: sum, vat, vats } of totals) expect([net, vat]).toEqual([sum, vats]);
}

interface Line {
  kind: string;
  quantity: string;
  price: string;
  net: number;
}

/** One document a cut-off, whatever else happens: corrections alone would be carried over. */
const BALLAST = rule('pack', perUnit('100000'), { key: 'ballast', conditions: { channels: ['ballast'] } });
const ballast = (day: string): ScenarioEvent => ({ day, type: 'pack', attributes: { channel: 'ballast' } });

/** A merchant with one rule per model, chosen by channel. */
const merchantWith = (models: readonly Rule['model'][], version: Partial<Version> = {}, more: readonly Rule[] = []) =>
  world.merchant({
    versions: [
      {
        ...version,
        rules: [
          ...more,
          ...models.map((model, index) =>
            rule('pack', model, { key: `r${index}`, conditions: { channels: [`c${index}`] } }),
          ),
        ],
      },
    ],
  });

/** Lets happen and bills the three cut-offs; the lines of each. */
async function billAll(
  merchant: ScenarioMerchant,
  events: readonly Happening[],
  besides: (cutoff: string) => readonly ScenarioEvent[] = () => [],
): Promise<ScenarioLine[][]> {
  const runs: ScenarioLine[][] = [];
  for (const [run, cutoff] of CUTOFFS.entries()) {
    const own = events.filter((event) => event.run === run);
    await merchant.happen(
      ...besides(cutoff),
      ...own.map(({ day, quantity, rule: index }) => ({
        ...{ day: dayOf(day), type: 'pack', quantity },
        attributes: { channel: `c${index}` },
      })),
    );
    runs.push(await merchant.bill(cutoff, { accept: ['ABOVE_USUAL'] }));
  }
  return runs;
}

/** Bills the three cut-offs and tells the lines of each rule per cut-off, those without quantity left out. */
async function bill(models: readonly Rule['model'][], events: readonly Happening[]): Promise<Map<number, Line[][]>> {
  const merchant = await merchantWith(models, {}, [BALLAST]);
  const billed = new Map<number, Line[][]>();
  for (const [run, lines] of (await billAll(merchant, events, (cutoff) => [ballast(cutoff)])).entries())
    for (const [, name, quantity, price, net] of lines) {
      const [key, kind = 'charges'] = name.split(' ');
      if (key === 'ballast' || quantity === '0') continue;
      const index = Number(key!.slice(1));
      const runs = billed.get(index) ?? [[], [], []];
      runs[run]!.push({ kind, quantity, price, net });
      billed.set(index, runs);
    }
  await expectSound(merchant.id);
  return new Map([...billed].map(([index, runs]) => [index, runs.map(inOrder)]));
}

const dayOf = (day: number): string => `${MONTH}-${String(day).padStart(2, '0')}`;
const inOrder = (lines: readonly Line[]): Line[] =>
  lines.toSorted((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));

/** The same by the functions of the domain: a counter that goes on from run to run. */
function expectedLines(model: RateModel, events: readonly Happening[]): Line[][] {
  let counter = 0n;
  let standing = { units: 0n, price: 0n };
  return CUTOFFS.map((_, run) => {
    const quantities = events
      .filter((event) => event.run === run)
      .map(({ quantity }) => billedQuantity(model, parseMicros(quantity)));
    const units = quantities.reduce((sum, one) => sum + one, 0n);
    if (!quantities.length) return [];
    if (model.type === 'volume') {
      const [part] = priceParts(model, units, { serviceMonth: MONTH, counter });
      const { unitPriceMicros: price, baseQuantityMicros } = part!;
      const at = (quantityMicros: bigint, unitPriceMicros: bigint) => ({
        quantityMicros,
        unitPriceMicros,
        baseQuantityMicros,
      });
      const moved = standing.units !== 0n && standing.price !== price;
      const before = standing;
      counter += units;
      standing = { units: counter, price };
      return inOrder([
        ...(moved
          ? [lineOf('volumeBack', at(-before.units, before.price)), lineOf('volumeAgain', at(before.units, price))]
          : []),
        ...(units === 0n ? [] : [lineOf('charges', at(units, price))]),
      ]);
    }
    const parts = quantities.flatMap((quantity) => {
      const taken = priceParts(model, quantity, { serviceMonth: MONTH, counter });
      if (countsMonth(model)) counter += quantity;
      return taken;
    });
    const byTier = Map.groupBy(parts, ({ tierFrom, unitPriceMicros }) => `${tierFrom} ${unitPriceMicros}`);
    return inOrder(
      [...byTier.values()]
        .map((members) => ({
          ...members[0]!,
          quantityMicros: members.reduce((sum, { quantityMicros }) => sum + quantityMicros, 0n),
        }))
        .filter(({ quantityMicros }) => quantityMicros !== 0n)
        .map((part) => lineOf('charges', part)),
    );
  });
}

function lineOf(kind: string, part: PricedPart): Line {
  const { quantityMicros, unitPriceMicros, baseQuantityMicros } = part;
  const base = baseQuantityMicros === 1_000_000n ? '' : `/${formatMicros(baseQuantityMicros)}`;
  return {
    kind,
    quantity: formatMicros(quantityMicros),
    price: `${formatMicros(unitPriceMicros)}${base}`,
    net: lineNetMinor(quantityMicros, unitPriceMicros, baseQuantityMicros),
  };
}

/** A model with prices of whole cents for whole units, so that no line has anything to round. */
function inCents(model: Rule['model'], prices: readonly string[]): Rule['model'] {
  switch (model.type) {
    case 'graduated':
    case 'volume':
      return { ...model, tiers: model.tiers.map((tier, index) => ({ ...tier, unitPrice: prices[index]! })) };
    case 'flat':
      return { ...model, amount: prices[0]! };
    case 'perUnit':
      return perUnit(prices[0]!, model.freeQuantity === undefined ? {} : { freeQuantity: model.freeQuantity });
    case 'package':
      return { ...model, unitPrice: prices[0]! };
    case 'percentage':
    case 'costPlus':
      return model;
  }
}
