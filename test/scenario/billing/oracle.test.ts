import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compute } from '../../../oracle/oracle.ts';
import type { RateCard } from '../../../oracle/rate-card.ts';
import { correctionsOf } from '../../support/corrections.ts';
import { oracleLines } from '../../support/oracle-lines.ts';
import { randomWorld, type RandomWorld } from '../../support/random-worlds.ts';
import { cutoffsBetween } from '../../support/scenario-table.ts';
import {
  createScenarioWorld,
  perUnit,
  rule,
  tiers,
  type ScenarioMerchant,
  type ScenarioWorld,
  type Version,
} from '../../support/scenario-world.ts';

/**
 * Random merchants with cards of their own beside the base card, billed by the product and by the oracle, which shares
 * no code with it: every line and every total must be the same.
 */
let world: ScenarioWorld;
beforeAll(async () => {
  world = await createScenarioWorld();
  await world.createCard({ ...BASE, isBase: true });
});
afterAll(() => world.close());

const label = { de: 'L', en: 'L' };
const CONTENT: Omit<Version, 'version' | 'validFrom'> = {
  rules: [
    rule('pack', tiers('volume', ['60', '0.45'], ['200', '0.405'], [null, '0.3333'])),
    rule('pick_further', tiers('graduated', ['100', '0.35'], ['300', '0.2875'], [null, '0.201'])),
    rule('material', perUnit('0.385', { freeQuantity: '20' })),
    rule('freight', perUnit('4.29'), { key: 'freight-de', priority: 200, conditions: { countries: ['DE'] } }),
    rule('freight', perUnit('11.905')),
    rule('return_item', perUnit('0.655')),
    rule('special_job', { type: 'package', size: '15', unitPrice: '12.505' }, { unit: 'piece' }),
    rule('software_fee', perUnit('69.00')),
  ],
  adjustments: [
    { key: 'fuel', kind: 'surcharge', label, groups: ['freight'], value: { type: 'percent', percent: '3.25' } },
    {
      key: 'peak',
      kind: 'surcharge',
      label,
      from: '2027-02-20',
      to: '2027-03-10',
      value: { type: 'perUnit', unitPrice: '0.015' },
      maximumPerMonth: '1.25',
    },
  ],
  minimums: [{ key: 'minimum', label, amount: '120.00' }],
};
const BASE = {
  ...{ code: 'base', name: 'Base', currency: 'EUR' as const },
  versions: [
    { version: 1, validFrom: '2020-01-01', ...CONTENT },
    {
      version: 2,
      validFrom: '2027-03-08',
      ...CONTENT,
      rules: CONTENT.rules.map((one) => (one.key === 'freight' ? { ...one, model: perUnit('12.005') } : one)),
    },
  ],
};

const CUTOFFS = cutoffsBetween('2027-02-01', '2027-04-30');

test('E2 E6 E7 E8 E10 random merchants are billed to the cent as the oracle says', async () => {
  await fc.assert(
    fc.asyncProperty(randomWorld(CUTOFFS), async (given) => {
      expect(await billedBy(given)).toEqual(await asked(given));
    }),
    { numRuns: Number(process.env['KONTOR_RANDOM_WORLDS'] ?? 12), endOnFailure: true },
  );
}, 180_000);

test('H5 whichever invoice of random merchants is cancelled and billed again, all of them come to what the oracle says', async () => {
  const fix = correctionsOf(world);
  await fc.assert(
    fc.asyncProperty(randomWorld(CUTOFFS), fc.nat(), async (given, chosen) => {
      const expected = Object.values(await asked(given)).reduce((sum, { net }) => sum + net, 0);
      const merchant = await world.merchant(given);
      await billedBy(given, merchant);
      const documents = await fix.live(merchant.id);
      // what is still carried over and was due by then would come along, as it should
      const unbilled = await world.database.query(UNBILLED, [merchant.id]);
      fc.pre(documents.length > 0 && unbilled.length === 0);
      const { id, runId } = documents[chosen % documents.length]!;
      await fix.cancel(id);
      await fix.again(merchant.id, runId);
      expect((await fix.live(merchant.id)).reduce((sum, { net }) => sum + net, 0)).toBe(expected);
    }),
    { numRuns: Number(process.env['KONTOR_RANDOM_WORLDS'] ?? 8), endOnFailure: true },
  );
}, 180_000);

const UNBILLED = `select 1 from billing.charge where merchant_id = $1 and line_id is null and state = 'accrued'`;

async function billedBy({ versions, contracts, events }: RandomWorld, known?: ScenarioMerchant) {
  const merchant = known ?? (await world.merchant({ versions, contracts }));
  const billed: Record<string, unknown> = {};
  for (const [index, cutoff] of CUTOFFS.entries()) {
    const before = CUTOFFS[index - 1] ?? '';
    await merchant.happen(...events.filter(({ known }) => known > before && known <= cutoff));
    const lines = await merchant.bill(cutoff, { accept: ['ABOVE_USUAL'] });
    const [document] = await merchant.documents(cutoff);
    if (document)
      billed[cutoff] = {
        ...{ net: document.net, gross: document.gross },
        lines: lines
          .filter(([, , , , net]) => net !== 0)
          .map((line) => line.join(' '))
          .toSorted(),
      };
  }
  return billed;
}

async function asked({ versions, contracts, events }: RandomWorld) {
  const own = {
    code: 'own',
    name: 'own',
    currency: 'EUR',
    versions: versions.map((one, index) => ({ ...one, version: index + 1 })),
  };
  const { invoices } = await compute({
    rateCard: BASE as unknown as RateCard,
    cards: [own as unknown as RateCard],
    merchants: [
      {
        number: 'M',
        taxTreatment: 'domestic',
        softwareFee: contracts[0]!.softwareFee,
        cadence: contracts[0]!.fulfilmentCadence,
      },
    ],
    facts: {
      contracts: contracts.map(({ startsOn, endsOn, rateCardCode }) => ({
        merchant: 'M',
        startsOn,
        endsOn,
        rateCard: rateCardCode === null ? null : 'own',
      })),
      events: events.map(({ day, type, quantity, known, attributes }, index) => ({
        ...{ merchant: 'M', reference: String(index), chargeType: type, serviceDate: day, quantity, knownOn: known },
        ...(attributes.country ? { country: attributes.country } : {}),
      })),
    },
    from: CUTOFFS[0]!.slice(0, 8).concat('01'),
    to: CUTOFFS.at(-1)!,
  });
  const issued = invoices.filter(({ state }) => state === 'issued');
  return Object.fromEntries(
    issued.map((one) => [one.cutOff, { net: Number(one.net), gross: Number(one.gross), lines: oracleLines(one) }]),
  );
}
