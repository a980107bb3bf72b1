import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { uuidv7 } from '../../../shared/kernel/ids.ts';
import type { Actor } from '../../../shared/protocol/actor.ts';
import { merchantsActions } from '../../../shared/protocol/merchants/actions.ts';
import { merchantSnapshot } from '../../../shared/protocol/merchants/events.ts';
import type { MerchantsDeps } from '../../../services/merchants/merchants.deps.ts';
import { changeMerchant } from '../../../services/merchants/use-cases/change-merchant.ts';
import {
  getMerchant,
  getMerchantSnapshot,
  listMerchants,
} from '../../../services/merchants/use-cases/list-merchants.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { merchantSnapshot as snapshotOf } from '../../support/orders.ts';
import { administrator, merchantsTestDeps, merchantUser, newContract, newMerchant } from '../../support/merchants.ts';

let database: TestDatabase;
let deps: MerchantsDeps;

beforeAll(async () => {
  database = await createTestDatabase();
  deps = await merchantsTestDeps(database);
});
afterAll(async () => {
  await deps.orm.close();
  await database.drop();
});

const change = (id: string, body: object, actor: Actor = administrator) =>
  changeMerchant(deps, { id, ...merchantsActions.changeMerchant.body.parse(body) }, actor);
const list = (query: object, actor: Actor = administrator) =>
  listMerchants(deps, merchantsActions.listMerchants.params.parse(query), actor);
const announced = async (merchantId: string) =>
  (
    await database.query<{ payload: unknown }>(
      `select payload from messaging.event where type = 'merchants.merchant-changed.v1' and merchant_id = $1 order by (payload ->> 'version')::int`,
      [merchantId],
    )
  ).map(({ payload }) => merchantSnapshot.parse(payload));

test('J20 a merchant is kept with all its fields, and told to the others as a whole', async () => {
  const address = { name: 'Alpenglas AG', street: 'Gasse 1', postalCode: '6020', city: 'Innsbruck', country: 'AT' };
  const created = await newMerchant(deps, {
    name: 'Alpenglas AG',
    language: 'en',
    address,
    vatId: 'ATU12345675',
    taxTreatment: 'reverseCharge',
    paymentTermsDays: 30,
    noticeEmails: ['lager@alpenglas.example'],
    purchaseOrderReference: 'PO-7',
    debtorNumber: '10007',
    rtvAddress: { ...address, extra: 'Tor 3' },
    rtvSchedule: 'weekly',
    returnRules: [{ grades: ['C', 'D'], disposition: 'rtv' }],
    roles: ['customer', 'supplier'],
  });
  expect(created).toMatchObject({
    version: 1,
    status: 'active',
    origin: 'manual',
    paymentTermsDays: 30,
    roles: ['customer', 'supplier'],
  });
  expect(await getMerchant(deps, { id: created.id }, administrator)).toEqual(created);
  const [snapshot, ...others] = await announced(created.id);
  expect(others).toEqual([]);
  expect(snapshot).toMatchObject({
    merchantId: created.id,
    version: 1,
    vatId: 'ATU12345675',
    debtorNumber: '10007',
    rtvAddress: { ...address, extra: 'Tor 3' },
    returnRules: [{ grades: ['C', 'D'], disposition: 'rtv' }],
    contracts: [],
  });
  expect(await getMerchantSnapshot(deps, { id: created.id }, administrator)).toEqual(snapshot);
});

test('H10 buyer reference and ways of delivery are kept and told; a mistyped Leitweg-ID is refused and changes nothing', async () => {
  const { id } = await newMerchant(deps, { buyerReference: '04011000-12345-03' });
  const record = { buyerReference: '991-33333TEST-33', invoiceXml: true, invoiceLink: true };
  expect(await change(id, record)).toMatchObject(record);
  await expect(change(id, { buyerReference: '991-33333TEST-34', invoiceXml: false })).rejects.toMatchObject({
    code: 422,
    data: { errors: [{ path: 'buyerReference', code: 'LEITWEG_ID_INVALID' }] },
  });
  expect(
    (await announced(id)).map(({ buyerReference, invoiceXml, invoiceLink }) => [
      buyerReference,
      invoiceXml,
      invoiceLink,
    ]),
  ).toEqual([
    ['04011000-12345-03', false, false],
    ['991-33333TEST-33', true, true],
  ]);
  expect(await change(id, { buyerReference: null, invoiceLink: false })).toMatchObject({
    ...{ buyerReference: null, invoiceXml: true, invoiceLink: false },
  });
});

test('H10 what events of earlier days say of a merchant is read with none of it', () => {
  const { buyerReference: _reference, invoiceXml: _xml, invoiceLink: _link, ...earlier } = snapshotOf({});
  expect(merchantSnapshot.parse(earlier)).toMatchObject({
    buyerReference: null,
    invoiceXml: false,
    invoiceLink: false,
  });
});

test('J20 what is left out gets the documented defaults', async () => {
  const { id } = await newMerchant(deps);
  const [snapshot] = await announced(id);
  expect(snapshot).toMatchObject({
    vatId: null,
    rtvAddress: null,
    rtvSchedule: 'manual',
    language: 'de',
    taxTreatment: 'domestic',
    paymentTermsDays: 14,
    returnRules: [],
    noticeEmails: [],
  });
  const [row] = await database.query('select vat_id, rtv_address, origin from merchants.merchant where id = $1', [id]);
  expect(row).toEqual({ vat_id: null, rtv_address: null, origin: 'manual' });
});

test('J20 the origin badge says who brought the merchant', async () => {
  const key: Actor = { ...administrator, kind: 'apiKey', roles: ['api'] };
  expect((await newMerchant(deps, {}, key)).origin).toBe('api');
  expect((await newMerchant(deps, {}, { ...key, kind: 'service', roles: [] })).origin).toBe('import');
});

test('J20 every edit is audited with the values before and after', async () => {
  const { id } = await newMerchant(deps, { purchaseOrderReference: 'PO-1' });
  const changed = await change(id, { paymentTermsDays: 7, purchaseOrderReference: null, reason: 'new agreement' });
  expect(changed).toMatchObject({ version: 2, paymentTermsDays: 7, purchaseOrderReference: null });
  const [entry] = await database.query(
    `select action, actor_id, before, after, reason, merchant_id from messaging.audit_entry where entity_id = $1 and action = 'merchant.changed'`,
    [id],
  );
  expect(entry).toEqual({
    action: 'merchant.changed',
    actor_id: administrator.id,
    before: { paymentTermsDays: 14, purchaseOrderReference: 'PO-1' },
    after: { paymentTermsDays: 7, purchaseOrderReference: null },
    reason: 'new agreement',
    merchant_id: id,
  });
});

test('snapshots rise with every change of merchant or contract, and a change of nothing is none', async () => {
  const { id } = await newMerchant(deps);
  await change(id, { name: 'Neuer Name' });
  await newContract(deps, id, { softwareFee: false });
  await change(id, { name: 'Neuer Name' });
  await change(id, { status: 'suspended' });
  const snapshots = await announced(id);
  expect(snapshots.map(({ version }) => version)).toEqual([1, 2, 3, 4]);
  expect(snapshots.map(({ contracts }) => contracts.length)).toEqual([0, 0, 1, 1]);
  expect(snapshots[3]).toMatchObject({ name: 'Neuer Name', status: 'suspended' });
  expect((await getMerchant(deps, { id }, administrator)).version).toBe(3);
});

test('parallel changes of one merchant all count, and the last snapshot holds them all', async () => {
  const { id } = await newMerchant(deps);
  await Promise.all([
    change(id, { paymentTermsDays: 21 }),
    change(id, { name: 'Parallel GmbH' }),
    newContract(deps, id),
    change(id, { language: 'en' }),
  ]);
  const last = (await announced(id)).at(-1);
  expect(last).toMatchObject({ version: 5, paymentTermsDays: 21, name: 'Parallel GmbH', language: 'en' });
  expect(last!.contracts).toHaveLength(1);
});

test('of two updates on the same version one is refused', async () => {
  const { id, version } = await newMerchant(deps);
  const actor = { ...administrator, ifMatch: version };
  const results = await Promise.allSettled([change(id, { name: 'Eins' }, actor), change(id, { name: 'Zwei' }, actor)]);
  expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  const refused = results.find(({ status }) => status === 'rejected') as PromiseRejectedResult;
  expect(refused.reason).toMatchObject({ code: 412, type: 'VERSION_STALE' });
});

test('a create with a known id: the same content gets the resource, also after a change, other content 409', async () => {
  const id = uuidv7(new Date());
  const body = { id, number: `N-${id.slice(-6)}` };
  const created = await Promise.all([newMerchant(deps, body), newMerchant(deps, body)]);
  expect(created[0]).toEqual(created[1]);
  await change(id, { name: 'Später umbenannt' });
  expect(await newMerchant(deps, body)).toMatchObject({ id, version: 2, name: 'Später umbenannt' });
  await expect(newMerchant(deps, { ...body, name: 'Anders' })).rejects.toMatchObject({ code: 409, type: 'ID_TAKEN' });
  expect(await database.query('select 1 from merchants.merchant where id = $1', [id])).toHaveLength(1);
});

test('numbers and debtor numbers are unique, also in a race', async () => {
  const results = await Promise.allSettled([
    newMerchant(deps, { number: 'RACE' }),
    newMerchant(deps, { number: 'RACE' }),
  ]);
  const refused = results.filter(({ status }) => status === 'rejected') as PromiseRejectedResult[];
  expect(refused.map(({ reason }) => (reason as { type: string }).type)).toEqual(['MERCHANT_NUMBER_TAKEN']);
  await newMerchant(deps, { debtorNumber: '10001' });
  await expect(newMerchant(deps, { debtorNumber: '10001' })).rejects.toMatchObject({
    code: 409,
    type: 'DEBTOR_NUMBER_TAKEN',
    data: { errors: [{ path: 'debtorNumber', code: 'DEBTOR_NUMBER_TAKEN' }] },
  });
});

test('what would not fit leaves everything as it was', async () => {
  const { id } = await newMerchant(deps);
  await expect(change(id, { taxTreatment: 'reverseCharge' })).rejects.toMatchObject({ code: 422 });
  await expect(change(id, { vatId: 'DE136695977' })).rejects.toMatchObject({ code: 422 });
  await change(id, { status: 'terminated' });
  await expect(change(id, { status: 'active' })).rejects.toMatchObject({ code: 409 });
  expect(await announced(id)).toHaveLength(2);
  expect(await getMerchant(deps, { id }, administrator)).toMatchObject({
    status: 'terminated',
    taxTreatment: 'domestic',
    version: 2,
  });
});

test.each([
  [{ number: 'A\nB' }],
  [{ invoiceEmails: [] }],
  [{ invoiceEmails: ['a@b.de, c@d.de'] }],
  [{ paymentTermsDays: '14' }],
  [{ returnRules: [{ disposition: 'rtv', extra: 1 }] }],
  [{ origin: 'import' }],
  [{ version: 9 }],
  [{ address: { name: 'x', street: 'y', postalCode: '1', city: 'z', country: 'Germany' } }],
])('J20 a body with %j is refused', (overrides) =>
  expect(
    merchantsActions.createMerchant.body.safeParse({
      number: 'X',
      name: 'X',
      address: { name: 'x', street: 'y', postalCode: '1', city: 'z', country: 'DE' },
      invoiceEmails: ['a@b.de'],
      ...overrides,
    }).success,
  ).toBe(false),
);

test('K10 a merchant user sees the own merchants thinly, the others not at all, and changes none', async () => {
  const mine = await newMerchant(deps, { debtorNumber: '10042' });
  const foreign = await newMerchant(deps);
  const user = merchantUser(mine.id);
  expect((await list({}, user)).items.map(({ id }) => id)).toEqual([mine.id]);
  expect(await getMerchant(deps, { id: mine.id }, user)).not.toHaveProperty('debtorNumber');
  expect(await getMerchant(deps, { id: mine.id }, administrator)).toHaveProperty('debtorNumber', '10042');
  await expect(getMerchant(deps, { id: foreign.id }, user)).rejects.toMatchObject({
    code: 404,
    type: 'MERCHANT_NOT_FOUND',
  });
  const key: Actor = { ...user, kind: 'apiKey', roles: ['api'] };
  for (const id of [mine.id, foreign.id, uuidv7(new Date())])
    await expect(change(id, { name: 'Gekapert' }, key)).rejects.toMatchObject({ code: 403, type: 'HOUSE_ONLY' });
  await expect(newMerchant(deps, {}, key)).rejects.toMatchObject({ code: 403 });
});

test('lists are paged by a key that holds while rows come in, filtered and sorted', async () => {
  for (const number of ['P-3', 'P-1', 'P-5', 'P-2', 'P-4'])
    await newMerchant(deps, { number, name: `Seiten ${number}` });
  for (const [sort, expected] of [
    ['number', ['P-1', 'P-2', 'P-3', 'P-4', 'P-5']],
    ['-name', ['P-5', 'P-4', 'P-3', 'P-2', 'P-1']],
  ] as const) {
    const seen: string[] = [];
    for (let cursor: string | undefined, round = 0; round < 3; round += 1) {
      const page = await list({ q: 'seiten', limit: '2', sort, ...(cursor ? { cursor } : {}) });
      seen.push(...page.items.map(({ number }) => number));
      cursor = page.nextCursor ?? undefined;
    }
    expect(seen).toEqual(expected);
  }
  const newest = await list({ q: 'seiten', sort: '-createdAt', limit: '1' });
  expect((await list({ q: 'seiten', sort: '-createdAt', limit: '9', cursor: newest.nextCursor! })).items).toHaveLength(
    4,
  );
  expect((await list({ number: 'P-3' })).items.map(({ name }) => name)).toEqual(['Seiten P-3']);
  expect((await list({ q: '%' })).items).toEqual([]);
});

test.each([
  ['nonsense', 'number'],
  [Buffer.from('["x","not-an-id"]').toString('base64url'), 'number'],
  [Buffer.from('["yesterday","0199e000-0000-7000-8000-000000000001"]').toString('base64url'), 'createdAt'],
  [Buffer.from('["\\u0000","0199e000-0000-7000-8000-000000000001"]').toString('base64url'), 'name'],
])('a forged cursor %s is the input of a client, not an error of ours', (cursor, sort) =>
  expect(list({ cursor, sort })).rejects.toMatchObject({ code: 422, type: 'INVALID_INPUT' }),
);
