import fc from 'fast-check';
import { adjustment, defined, minimum, MODELS } from './random-worlds.ts';
import { rule, type Version } from './scenario-world.ts';

/** What a card prices always, and what it may leave out. */
const ALWAYS = ['pick_first', 'pick_further', 'pack', 'material', 'freight', 'packaging', 'special_job'];
/** One of the first two is priced, so that no delivery waits for a price. */
const EVERY_DELIVERY = ['goods_in_receipt', 'goods_in_item'];
const GOODS_IN = [...EVERY_DELIVERY, 'goods_in_pallet', 'goods_in_carton', 'goods_in_hour'];
const goodsInTypes = fc
  .tuple(fc.constantFrom(...EVERY_DELIVERY), fc.subarray(GOODS_IN))
  .map(([one, more]) => [...new Set([one, ...more])]);
const OPTIONAL = ['pick_line', 'pick_weight', 'cancel_after_pick'];
/** What some rules apply to only, beside one for everything. */
const CONDITIONS: Record<string, NonNullable<Version['rules'][number]['conditions']>[]> = {
  freight: [{ countriesNot: ['DE'] }, { weightGramsOver: 2_000 }, { weightGramsUpTo: 2_000 }, { carriers: ['DHL'] }],
  pick_line: [{ channels: ['shop'] }],
  pick_weight: [{ weightGramsOver: 5_000 }],
  packaging: [{ codes: ['BOX-M'] }, { codes: ['TAPE', 'BOX-M'] }],
  cancel_after_pick: [{ tags: ['bulky'] }],
  goods_in_pallet: [{ tags: ['bulky'] }],
  goods_in_item: [{ tags: ['bulky', 'small'] }],
  special_job: [{ codes: ['kitting'] }],
};
const SHARES = fc.oneof(
  fc.record({ type: fc.constant('costPlus' as const), percent: percent(), minimumMargin: cents(200) }),
  fc.record({ type: fc.constant('percentage' as const), percent: percent(), minimum: cents(100) }),
  fc.record({ type: fc.constant('perUnit' as const), unitPrice: cents(500) }),
);

function percent() {
  return fc.integer({ min: 1, max: 15_000 }).map((value) => (value / 100).toFixed(2));
}
function cents(max: number) {
  return fc.integer({ min: 0, max }).map((value) => (value / 100).toFixed(2));
}

type Rule = Version['rules'][number];

/** Rules of one type whose kinds of models stay the same over the versions of a card. */
const rulesOf = (type: string): fc.Arbitrary<fc.Arbitrary<Rule>[]> =>
  fc
    .record({
      kind: fc.constantFrom(...Object.keys(MODELS)),
      narrow: fc.option(fc.constantFrom(...Object.keys(MODELS))),
    })
    .chain(({ kind, narrow }) =>
      fc.constantFrom(...(CONDITIONS[type] ?? [{}])).map((conditions) => {
        const units = type === 'special_job' ? ['minute', 'piece'] : [undefined];
        return units.flatMap((unit) => [
          MODELS[kind]!.map((model) => rule(type, model, defined({ key: `${type}-${unit ?? 'all'}`, unit }))),
          ...(narrow !== null && CONDITIONS[type]
            ? [
                MODELS[narrow]!.map((model) =>
                  rule(
                    type,
                    model,
                    defined({ key: `${type}-${unit ?? 'some'}-some`, unit, priority: 200, conditions }),
                  ),
                ),
              ]
            : []),
        ]);
      }),
    );

const surchargeRules = fc.constant([
  SHARES.map((model) => rule('carrier_surcharge', model as Rule['model'])),
  SHARES.map((model) =>
    rule('carrier_surcharge', model as Rule['model'], { key: 'toll', priority: 200, conditions: { codes: ['toll'] } }),
  ),
]);

/** Surcharges, discounts and minimums stay as they are over the versions; the prices change. */
export const workCard = fc
  .record({
    optional: fc.subarray(OPTIONAL),
    goodsIn: goodsInTypes,
    starts: fc.subarray(['2027-03-05', '2027-03-20']),
    adjustments: fc.uniqueArray(adjustment, { selector: ({ key }) => key, maxLength: 2 }),
    minimums: fc.array(minimum, { maxLength: 1 }),
  })
  .chain(({ optional, goodsIn, starts, ...terms }) =>
    fc
      .tuple(surchargeRules, ...[...ALWAYS, ...optional, ...goodsIn].map(rulesOf))
      .chain((shapes) =>
        fc.tuple(
          ...['2020-01-01', ...starts].map((validFrom) =>
            fc.tuple(...shapes.flat()).map((rules) => ({ validFrom, rules, ...terms })),
          ),
        ),
      ),
  );
