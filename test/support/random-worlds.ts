import fc from 'fast-check';
import type { ContractTerms } from '../../shared/protocol/merchants/events.ts';
import { rule, type Rule, type ScenarioEvent, type Version } from './scenario-world.ts';

/** A merchant's own card, contracts and events, made by chance. */
export interface RandomWorld {
  versions: (Omit<Version, 'version'> & { validFrom: string })[];
  contracts: (Pick<ContractTerms, 'startsOn' | 'endsOn' | 'softwareFee' | 'fulfilmentCadence'> & {
    rateCardCode?: null;
  })[];
  events: (ScenarioEvent & { quantity: string; known: string; attributes: { country?: string } })[];
}
type Model = Rule['model'];

const text = (value: number, places: number): string => (value / 10 ** places).toFixed(places);
const price = fc.oneof(
  fc.integer({ min: 0, max: 2_000 }).map((cents) => text(cents, 2)),
  fc.integer({ min: 1, max: 3_000_000 }).map((micros) => text(micros, 6)),
);

/** Ascending limits with a price each, the last one open. */
const tierList = fc
  .uniqueArray(fc.integer({ min: 1, max: 400 }), { minLength: 0, maxLength: 4 })
  .map((limits) => limits.toSorted((a, b) => a - b))
  .chain((limits) =>
    fc
      .array(price, { minLength: limits.length + 1, maxLength: limits.length + 1 })
      .map((prices) => prices.map((unitPrice, index) => ({ upTo: limits[index]?.toString() ?? null, unitPrice }))),
  );

export const MODELS: Record<string, fc.Arbitrary<Model>> = {
  perUnit: fc.record({ type: fc.constant('perUnit' as const), unitPrice: price }),
  perHundred: fc.record({ type: fc.constant('perUnit' as const), unitPrice: price, baseQuantity: fc.constant('100') }),
  perMonth: fc.record({ type: fc.constant('perUnit' as const), unitPrice: price, perDaysOfMonth: fc.constant(true) }),
  free: fc.record({
    ...{ type: fc.constant('perUnit' as const), unitPrice: price },
    freeQuantity: fc.integer({ min: 1, max: 150 }).map(String),
  }),
  flat: fc.record({ type: fc.constant('flat' as const), amount: price }),
  package: fc.record({
    ...{ type: fc.constant('package' as const), unitPrice: price },
    size: fc.integer({ min: 1, max: 40 }).map(String),
  }),
  graduated: fc.record({ type: fc.constant('graduated' as const), tiers: tierList }),
  volume: fc.record({ type: fc.constant('volume' as const), tiers: tierList }),
};
/** A model of any kind; over the versions of a card a rule keeps its kind. */
export const randomModel = fc.constantFrom(...Object.keys(MODELS)).chain((kind) => MODELS[kind]!);

const TYPES = ['pack', 'pick_further', 'material', 'freight', 'return_item', 'special_job'];
const GROUPS = ['fulfilment', 'freight', 'returns', 'goodsIn', 'specialJobs', 'software'] as const;
const label = { de: 'L', en: 'L' };
const groups = fc.option(fc.uniqueArray(fc.constantFrom(...GROUPS), { minLength: 1, maxLength: 3 }), {
  nil: undefined,
});
const cents = (max: number) => fc.integer({ min: 1, max }).map((value) => text(value, 2));
export const dayIn = (from: string, to: string): fc.Arbitrary<string> =>
  fc
    .integer({ min: Date.parse(from) / 86_400_000, max: Date.parse(to) / 86_400_000 })
    .map((day) => new Date(day * 86_400_000).toISOString().slice(0, 10));

export const adjustment = fc
  .record({
    key: fc.constantFrom('fuel', 'peak', 'own', 'welcome'),
    kind: fc.constantFrom('surcharge' as const, 'discount' as const),
    dates: fc.option(fc.tuple(dayIn('2027-02-01', '2027-04-30'), dayIn('2027-02-01', '2027-04-30')), {
      nil: undefined,
    }),
    groups,
    percent: fc.option(
      fc.integer({ min: 1, max: 9_999 }).map((value) => text(value, 2)),
      { nil: undefined },
    ),
    unitPrice: fc.integer({ min: 1, max: 400_000 }).map((micros) => text(micros, 6)),
    maximumPerMonth: fc.option(cents(5_000), { nil: undefined }),
  })
  .map(({ key, kind, dates, percent, unitPrice, ...more }) => {
    const [from, to] = dates?.toSorted() ?? [];
    const value = percent ? { type: 'percent' as const, percent } : { type: 'perUnit' as const, unitPrice };
    return defined({ key, kind, label, from, to, value, ...more }) as NonNullable<Version['adjustments']>[number];
  });

export const minimum = fc
  .record({ key: fc.constantFrom('minimum', 'second'), amount: cents(60_000), groups })
  .map((one) => defined({ ...one, label }) as NonNullable<Version['minimums']>[number]);

const ruleShapes = fc.uniqueArray(
  fc.record({ type: fc.constantFrom(...TYPES), kind: fc.constantFrom(...Object.keys(MODELS)), abroad: fc.boolean() }),
  {
    selector: ({ type }) => type,
    maxLength: 5,
  },
);

const ownCard = fc
  .tuple(
    ruleShapes,
    fc.uniqueArray(fc.constantFrom('2027-02-10', '2027-03-05', '2027-03-20', '2027-04-01'), { maxLength: 2 }),
  )
  .chain(([shapes, starts]) =>
    fc.tuple(
      ...['2020-01-01', ...starts.toSorted()].map((validFrom) =>
        fc.record({
          validFrom: fc.constant(validFrom),
          rules: fc.tuple(
            ...shapes.map(({ type, kind, abroad }) =>
              MODELS[kind]!.map((model) =>
                rule(type, model, {
                  ...{ key: `own-${type}` },
                  ...(type === 'special_job' ? { unit: 'piece' } : {}),
                  ...(abroad && type === 'freight' ? { conditions: { countriesNot: ['DE'] } } : {}),
                }),
              ),
            ),
          ),
          adjustments: fc.uniqueArray(adjustment, { selector: ({ key }) => key, maxLength: 3 }),
          minimums: fc.uniqueArray(minimum, { selector: ({ key }) => key, minLength: 1, maxLength: 2 }),
        }),
      ),
    ),
  );

const contractList = fc
  .record({
    joins: fc.constantFrom('2020-01-01', '2020-01-01', '2027-02-10'),
    leaves: fc.constantFrom(null, null, '2027-04-12'),
    fromBase: fc.constantFrom(null, null, '2027-03-16'),
    softwareFee: fc.boolean(),
    fulfilmentCadence: fc.constantFrom('semiMonthly' as const, 'semiMonthly' as const, 'monthly' as const),
  })
  .map(({ joins, leaves, fromBase, ...terms }) =>
    fromBase === null
      ? [{ startsOn: joins, endsOn: leaves, ...terms }]
      : [
          { startsOn: joins, endsOn: '2027-03-15', ...terms },
          { startsOn: fromBase, endsOn: leaves, ...terms, rateCardCode: null },
        ],
  );

const quantity = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 1, max: 120 }).map(String) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 90_000 }).map((value) => text(value, 3)) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 60 }).map((value) => `-${value}`) },
);

/** Events of the months before the cut-offs and of theirs; some become known up to three weeks later. */
const eventList = (cutoffs: readonly string[]) =>
  fc
    .array(
      fc
        .record({
          day: fc.oneof(
            { weight: 1, arbitrary: dayIn('2027-01-10', '2027-01-31') },
            { weight: 12, arbitrary: dayIn('2027-02-01', '2027-04-30') },
          ),
          type: fc.constantFrom(...TYPES),
          quantity,
          waitsDays: fc.oneof(
            { weight: 3, arbitrary: fc.constant(0) },
            { weight: 1, arbitrary: fc.integer({ min: 1, max: 45 }) },
          ),
          country: fc.constantFrom('DE', 'AT'),
        })
        .map(({ waitsDays, country, ...event }) => ({
          ...event,
          known: new Date(Date.parse(event.day) + waitsDays * 86_400_000).toISOString().slice(0, 10),
          attributes: event.type === 'freight' ? { country } : {},
        })),
      { minLength: 5, maxLength: 45 },
    )
    .map((events) => events.filter(({ known }) => known <= cutoffs.at(-1)!));

export const randomWorld = (cutoffs: readonly string[]): fc.Arbitrary<RandomWorld> =>
  fc.record({
    versions: ownCard,
    contracts: contractList,
    events: eventList(cutoffs),
  }) as unknown as fc.Arbitrary<RandomWorld>;

export const defined = <Value extends object>(value: Value) =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined));
