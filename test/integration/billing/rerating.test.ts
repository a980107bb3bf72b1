import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { holdCharge, releaseCharge, waiveCharge } from '../../../services/billing/use-cases/charges/change-charge.ts';
import { getMerchantAccount } from '../../../services/billing/use-cases/charges/get-merchant-account.ts';
import { listCharges } from '../../../services/billing/use-cases/charges/read-charges.ts';
import { rerateDue } from '../../../services/billing/use-cases/charges/rerate-charges.ts';
import { markForRerating } from '../../../services/billing/persistence/rerating.ts';
import { addRateVersion } from '../../../services/billing/use-cases/rate-cards/add-rate-version.ts';
import { createRateCard } from '../../../services/billing/use-cases/rate-cards/create-rate-card.ts';
import { getRateCard, listRateCards } from '../../../services/billing/use-cases/rate-cards/read-rate-cards.ts';
import { transact } from '../../../shared/messaging/transact.ts';
import { serviceActor } from '../../../shared/protocol/actor.ts';
import { newRateVersion, rateCard } from '../../../shared/protocol/billing/rate-card.ts';
import { merchantChangedV1 } from '../../../shared/protocol/merchants/events.ts';
import { orderShippedV1, specialJobSignedOffV1 } from '../../../shared/protocol/orders/events.ts';
import { billCharge } from '../../support/bill-charge.ts';
import { contract, merchant, shipment, specialJob } from '../../support/billing-events.ts';
import {
  baseCard,
  createPricingWorld,
  FINANCE,
  merchantUser,
  ruleOf,
  type PricingWorld,
} from '../../support/pricing-world.ts';

let world: PricingWorld;
beforeEach(async () => (world = await createPricingWorld()));
afterEach(() => world.close());

const addVersion = (id: string, validFrom: string, rules: object[]) =>
  addRateVersion(world.deps, { id, ...newRateVersion.parse({ validFrom, rules }) }, FINANCE);
const rulesWith = (type: string, price: string) =>
  baseCard().versions[0]!.rules.map((rule) => (rule.chargeType === type ? ruleOf(type, price) : rule));
const ofType = async (type: string, merchantId?: string) =>
  (await world.charges(merchantId)).filter(({ chargeType }) => chargeType === type);
const ship = (merchantId: string, serviceDate: string, overrides = {}) =>
  world.tell(orderShippedV1, shipment({ merchantId, serviceDate, ...overrides }));

test('D6 an event without a price is unrated and on the worklist; a new rule prices it', async () => {
  const card = await world.addCard(baseCard());
  const { merchantId } = await world.addMerchant();
  await ship(merchantId, '2026-10-15', { country: 'CH' });
  const worklist = () => listCharges(world.deps, { limit: 50, state: 'unrated' }, FINANCE);
  expect((await worklist()).items.map(({ chargeType, quantity }) => [chargeType, quantity])).toEqual([
    ['freight', '1'],
  ]);
  expect((await ofType('freight'))[0]!.trace).toMatchObject({
    reason: 'NO_RULE',
    rejected: { 'base#1': { COUNTRY: ['freight'] } },
  });
  await addVersion(card.id, '2020-01-01', rulesWith('freight', '9.90'));
  expect((await worklist()).items).toEqual([]);
  const [priced] = await ofType('freight');
  expect(priced).toMatchObject({
    state: 'accrued',
    version: 2,
    trace: { price: { unitPrice: '9.90' }, cause: 'rate version base#2' },
  });
  const audit = await world.database.query(
    `select reason, after from messaging.audit_entry where action = 'charges.rerated'`,
  );
  expect(audit).toEqual([{ reason: 'rate version base#2', after: { charges: 5, unrated: 0 } }]);
});

test('E1 a version that starts in the past prices unbilled charges from its day on; billed, held, waived and earlier ones keep theirs', async () => {
  const card = await world.addCard(baseCard());
  const { merchantId } = await world.addMerchant();
  for (const day of ['2026-10-09', '2026-10-10', '2026-10-11', '2026-10-12', '2026-10-13']) await ship(merchantId, day);
  const packs = await ofType('pack');
  const at = (day: string) => packs.find(({ serviceDate }) => serviceDate === day)!.id;
  await billCharge(world.database, at('2026-10-11'));
  await holdCharge(world.deps, { id: at('2026-10-12'), reason: 'disputed' }, FINANCE);
  await waiveCharge(world.deps, { id: at('2026-10-13'), reason: 'our mistake' }, FINANCE);
  await addVersion(card.id, '2026-10-10', rulesWith('pack', '0.99'));
  expect((await ofType('pack')).map(({ serviceDate, version, state }) => [serviceDate, version, state])).toEqual([
    ['2026-10-09', 1, 'accrued'],
    ['2026-10-10', 2, 'accrued'],
    ['2026-10-11', 1, 'accrued'],
    ['2026-10-12', 1, 'held'],
    ['2026-10-13', 1, 'waived'],
  ]);
  expect((await ofType('pack'))[1]!.trace).toMatchObject({ previous: { card: 'base', version: 1, rule: 'pack' } });
  const released = await releaseCharge(world.deps, { id: at('2026-10-12') }, FINANCE);
  expect(released).toMatchObject({
    state: 'accrued',
    stateReason: null,
    trace: { version: 2, price: { unitPrice: '0.99' } },
  });
  await expect(world.database.query(`update billing.rate_rule set priority = 1`)).rejects.toThrow(/never changed/);
});

test('a shipment before its merchant is unrated and priced when the merchant arrives', async () => {
  await world.addCard(baseCard());
  const snapshot = merchant();
  await ship(snapshot.merchantId, '2026-10-15');
  expect((await ofType('pack'))[0]).toMatchObject({ state: 'unrated', trace: { reason: 'MERCHANT_UNKNOWN' } });
  await world.tell(merchantChangedV1, { ...snapshot, version: 2 }, snapshot);
  // picking by weight is not in the card
  expect(
    new Set((await world.charges()).map(({ chargeType, state }) => [chargeType === 'pick_weight', state].join(' '))),
  ).toEqual(new Set(['false accrued', 'true waived']));
  expect(await world.database.query('select version from billing.merchant_ref')).toEqual([{ version: 2 }]);
});

test('another card in the contract prices anew from its day on, a card that is not there yet leaves them unrated', async () => {
  await world.addCard(baseCard());
  const first = contract();
  const snapshot = await world.addMerchant({ contracts: [first] });
  for (const day of ['2026-10-09', '2026-10-10']) await ship(snapshot.merchantId, day);
  const contracts = [{ ...first, endsOn: '2026-10-09' }, contract({ startsOn: '2026-10-10', rateCardCode: 'own' })];
  await world.tell(merchantChangedV1, { ...snapshot, version: 2, contracts });
  const states = async () =>
    (await ofType('pack')).map(({ state, trace }) => [state, trace['card'] ?? trace['reason']]);
  expect(await states()).toEqual([
    ['accrued', 'base'],
    ['unrated', 'CARD_MISSING'],
  ]);
  await world.addCard(baseCard({ code: 'own', isBase: false }));
  expect(await states()).toEqual([
    ['accrued', 'base'],
    ['accrued', 'own'],
  ]);
});

test('a flat price counts one, and what was measured comes back with a price per unit', async () => {
  const flat = { model: { type: 'flat', amount: '20.00' }, unit: 'minute' };
  const rules = (overrides: object) => [ruleOf('special_job', '1.00', overrides)];
  const card = await world.addCard(
    baseCard({ versions: [{ version: 1, validFrom: '2020-01-01', rules: rules(flat) }] }),
  );
  const { merchantId } = await world.addMerchant();
  await world.tell(specialJobSignedOffV1, specialJob({ merchantId, quantity: '50' }));
  expect((await world.charges())[0]).toMatchObject({ quantity: '1', version: 1 });
  await addVersion(card.id, '2020-01-01', rules({ unit: 'minute' }));
  expect((await world.charges())[0]).toMatchObject({ quantity: '50', version: 2 });
});

test('G8 a charge and its twin are re-rated together, but not once one of them is billed', async () => {
  const card = await world.addCard(baseCard());
  const { merchantId } = await world.addMerchant();
  const [open, billed] = [specialJob({ merchantId, number: 'open' }), specialJob({ merchantId, number: 'billed' })];
  await world.tell(specialJobSignedOffV1, open, billed);
  const [original] = await world.database.query<{ id: string }>(
    `select id from billing.charge where reference ->> 'number' = 'billed'`,
  );
  await billCharge(world.database, original!.id);
  for (const job of [open, billed]) await world.tell(specialJobSignedOffV1, { ...job, revision: 1, quantity: '10' });
  await addVersion(card.id, '2020-01-01', [ruleOf('special_job', '1.00', { unit: 'minute' })]);
  const shown = await world.database.query(
    `select c.reference ->> 'number' as number, c.revision, c.quantity::int, v.version from billing.charge c join billing.rate_version v on v.id = c.version_id
     order by 1, 2, 3`,
  );
  expect(shown).toEqual([
    { number: 'billed', revision: 0, quantity: -50, version: 1 },
    { number: 'billed', revision: 0, quantity: 50, version: 1 },
    { number: 'billed', revision: 1, quantity: 10, version: 2 },
    { number: 'open', revision: 0, quantity: -50, version: 2 },
    { number: 'open', revision: 0, quantity: 50, version: 2 },
    { number: 'open', revision: 1, quantity: 10, version: 2 },
  ]);
});

test('held charges take their twin along, and what is waived is not credited', async () => {
  await world.addCard(baseCard());
  const { merchantId } = await world.addMerchant();
  const job = specialJob({ merchantId });
  await world.tell(specialJobSignedOffV1, job);
  const [charge] = await world.charges();
  await waiveCharge(world.deps, { id: charge!.id, reason: 'goodwill' }, FINANCE);
  await world.tell(specialJobSignedOffV1, { ...job, revision: 1, quantity: '10' });
  await world.tell(specialJobSignedOffV1, { ...job, revision: 2, quantity: '20' });
  const states = async () =>
    (await world.charges()).map(({ source, revision, state }) => [source.split('-')[2] ?? '', revision, state]);
  const expected = [
    ['', 0, 'waived'],
    ['', 1, 'accrued'],
    ['', 2, 'accrued'],
    ['reversal', 0, 'waived'],
    ['reversal', 1, 'accrued'],
  ];
  expect(await states()).toEqual(expected);
  const twin = (await world.charges()).find(({ source, revision }) => source.endsWith('-reversal') && revision === 1)!;
  await holdCharge(world.deps, { id: twin.id, reason: 'disputed' }, FINANCE);
  expect((await states()).filter(([, , state]) => state === 'held')).toEqual([
    ['', 1, 'held'],
    ['reversal', 1, 'held'],
  ]);
  await releaseCharge(world.deps, { id: twin.id }, FINANCE);
  expect(await states()).toEqual(expected);
});

test('G12 what is on a line cannot be held or waived, and states only go where they may', async () => {
  await world.addCard(baseCard());
  const { merchantId } = await world.addMerchant();
  await ship(merchantId, '2026-10-15');
  const [charge, other] = await world.charges();
  await billCharge(world.database, charge!.id);
  await expect(holdCharge(world.deps, { id: charge!.id, reason: 'x' }, FINANCE)).rejects.toMatchObject({
    code: 409,
    type: 'CHARGE_ON_LINE',
  });
  await expect(waiveCharge(world.deps, { id: charge!.id, reason: 'x' }, FINANCE)).rejects.toMatchObject({
    type: 'CHARGE_ON_LINE',
  });
  await expect(releaseCharge(world.deps, { id: other!.id }, FINANCE)).rejects.toMatchObject({
    type: 'CHARGE_TRANSITION_NOT_ALLOWED',
  });
  await waiveCharge(world.deps, { id: other!.id, reason: 'x' }, FINANCE);
  await expect(holdCharge(world.deps, { id: other!.id, reason: 'x' }, FINANCE)).rejects.toMatchObject({
    type: 'CHARGE_TRANSITION_NOT_ALLOWED',
  });
  await expect(holdCharge(world.deps, { id: merchantId, reason: 'x' }, FINANCE)).rejects.toMatchObject({ code: 404 });
});

test('the worker goes on with what a change left to it, two of them without doing anything twice', async () => {
  await world.addCard(baseCard());
  const { merchantId } = await world.addMerchant();
  await world.tell(orderShippedV1, ...Array.from({ length: 450 }, () => shipment({ merchantId })));
  const actor = serviceActor('billing', 'test');
  await transact(world.deps, actor, (em) =>
    markForRerating(em, { merchantIds: 'all', from: '2026-10-01', cause: 'test' }),
  );
  expect((await listCharges(world.deps, { limit: 1, state: 'accrued' }, FINANCE)).items).toEqual([]);
  const done = await Promise.all([rerateDue(world.deps), rerateDue(world.deps)]);
  expect(done.reduce((sum, count) => sum + count)).toBe(2250);
  expect(await rerateDue(world.deps)).toBe(0);
  expect(new Set((await world.charges()).map(({ state }) => state))).toEqual(new Set(['accrued']));
});

test('E4 rules that overlap with equal priority are refused and named, and nothing is stored', async () => {
  const rules = [ruleOf('pack', '1', { key: 'a' }), ruleOf('pack', '2', { key: 'b' })];
  const versions = [{ version: 1, validFrom: '2020-01-01', rules }];
  await expect(world.addCard(baseCard({ versions }))).rejects.toMatchObject({
    code: 422,
    data: {
      errors: [
        { path: 'versions.0.rules.1.priority', code: 'RULES_OVERLAP', message: expect.stringMatching(/a and b/) },
      ],
    },
  });
  expect(await world.database.query('select 1 from billing.rate_card')).toEqual([]);
});

test('a card is imported once; the same again answers with it, another one is refused', async () => {
  const card = baseCard();
  const created = await world.addCard(card);
  expect(await world.addCard(card)).toEqual(created);
  const { warnings, ...stored } = created;
  expect(await getRateCard(world.deps, { id: created.id }, FINANCE)).toEqual(stored);
  // this card names Germany only
  expect(warnings.map(({ code, rules }) => [code, rules])).toEqual([['GAP', ['freight']]]);
  expect(created.versions[0]!.rules.map(({ key }) => key)).toEqual(card.versions[0]!.rules.map(({ key }) => key));
  await expect(world.addCard({ ...card, name: 'Other' })).rejects.toMatchObject({
    code: 409,
    type: 'RATE_CARD_EXISTS',
  });
  await expect(world.addCard({ ...card, code: 'second' })).rejects.toMatchObject({
    code: 409,
    type: 'BASE_CARD_EXISTS',
  });
  await expect(
    createRateCard(
      world.deps,
      rateCard.parse({ ...card, code: 'm', isBase: false, merchantId: merchant().merchantId }),
      FINANCE,
    ),
  ).rejects.toMatchObject({
    code: 422,
    data: { errors: [{ path: 'merchantId' }] },
  });
  const next = newRateVersion.parse({ version: 7, validFrom: '2026-01-01', rules: card.versions[0]!.rules });
  await expect(addRateVersion(world.deps, { id: created.id, ...next }, FINANCE)).rejects.toMatchObject({
    type: 'RATE_VERSION_NOT_NEXT',
  });
  await expect(addRateVersion(world.deps, { ...next, id: merchant().merchantId }, FINANCE)).rejects.toMatchObject({
    code: 404,
  });
  const { items } = await listRateCards(world.deps, { limit: 50 }, FINANCE);
  expect(items.map(({ code, versions }) => [code, versions.length])).toEqual([['base', 1]]);
});

test('the standard card imports, comes back as it was, and again changes nothing', async () => {
  const file = JSON.parse(await readFile(new URL('../../../demo/data/rate-card.json', import.meta.url), 'utf8')) as {
    versions: { rules: unknown[] }[];
  };
  const created = await world.addCard(file);
  expect(created.versions[0]!.rules).toEqual(rateCard.parse(file).versions[0]!.rules);
  expect((await world.addCard(file)).id).toBe(created.id);
});

test('one import by two at once makes one card', async () => {
  const both = await Promise.all([world.addCard(baseCard()), world.addCard(baseCard())]);
  expect(both[0]!.id).toBe(both[1]!.id);
});

test('X4 the running account is what the next draft would bill, in sections, without what has no price', async () => {
  await world.addCard(baseCard());
  const { merchantId } = await world.addMerchant();
  for (let index = 0; index < 3; index += 1) await ship(merchantId, '2026-10-15', { pieces: 5 });
  await ship(merchantId, '2026-10-16', { country: 'CH', pieces: 1 });
  await world.tell(specialJobSignedOffV1, specialJob({ merchantId }));
  const account = await getMerchantAccount(world.deps, { id: merchantId }, merchantUser(merchantId));
  expect(account).toMatchObject({ upTo: '2026-10-31', unrated: 1, held: 0 });
  // 4 × 1.35 + 12 × 0.35 + 4 × 0.85 + 4 × 0.385 + 3 × 4.29 = 27.41 and 50 × 42.00 ÷ 60 = 35.00
  expect(account.sections.map(({ section, netMinor }) => [section, netMinor])).toEqual([
    ['fulfilment', 2741],
    ['specialJobs', 3500],
  ]);
  expect(account.netMinor).toBe(6241);
  await expect(
    getMerchantAccount(world.deps, { id: merchantId }, merchantUser(merchant().merchantId)),
  ).rejects.toMatchObject({ code: 404 });
  await expect(getMerchantAccount(world.deps, { id: merchant().merchantId }, FINANCE)).rejects.toMatchObject({
    code: 404,
  });
});
