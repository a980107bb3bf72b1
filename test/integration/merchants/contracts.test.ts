import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { uuidv7 } from '../../../shared/kernel/ids.ts';
import type { Actor } from '../../../shared/protocol/actor.ts';
import { merchantsActions } from '../../../shared/protocol/merchants/actions.ts';
import type { MerchantsDeps } from '../../../services/merchants/merchants.deps.ts';
import { changeContract } from '../../../services/merchants/use-cases/change-contract.ts';
import { changeMerchant } from '../../../services/merchants/use-cases/change-merchant.ts';
import { listContracts } from '../../../services/merchants/use-cases/list-contracts.ts';
import { getMerchantSnapshot } from '../../../services/merchants/use-cases/list-merchants.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { administrator, merchantsTestDeps, merchantUser, newContract, newMerchant } from '../../support/merchants.ts';

let database: TestDatabase;
let deps: MerchantsDeps;
let merchantId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  deps = await merchantsTestDeps(database);
});
afterAll(async () => {
  await deps.orm.close();
  await database.drop();
});

const merchant = async () => (merchantId = (await newMerchant(deps)).id);
const change = (id: string, body: object, actor: Actor = administrator) =>
  changeContract(deps, { id, ...merchantsActions.changeContract.body.parse(body) }, actor);
const list = (query: object, actor: Actor = administrator) =>
  listContracts(deps, merchantsActions.listContracts.params.parse(query), actor);

test('the terms of a contract, the software fee among them, reach the others', async () => {
  await merchant();
  const contract = await newContract(deps, merchantId, {
    startsOn: '2026-03-01',
    endsOn: '2027-02-28',
    fulfilmentCadence: 'monthly',
    monthEndDocuments: 'two',
    storageMethod: 'cubicMetreDay',
    softwareFee: true,
    rateCardCode: 'standard-2026',
  });
  const { contracts } = await getMerchantSnapshot(deps, { id: merchantId }, administrator);
  expect(contracts).toEqual([
    {
      contractId: contract.id,
      startsOn: '2026-03-01',
      endsOn: '2027-02-28',
      fulfilmentCadence: 'monthly',
      monthEndDocuments: 'two',
      storageMethod: 'cubicMetreDay',
      storageMeasure: null,
      storageAgeBands: [],
      storageSource: 'external',
      storageIsLandRelated: false,
      softwareFee: true,
      rateCardCode: 'standard-2026',
    },
  ]);
});

test.each([
  ['2026-06-30', null, true],
  ['2025-01-01', '2026-01-01', true],
  ['2026-03-01', '2026-03-31', true],
  ['2026-07-01', null, false],
  ['2025-01-01', '2025-12-31', false],
])('beside 2026-01-01 to 2026-06-30, one from %s to %s overlaps: %s', async (startsOn, endsOn, overlap) => {
  await merchant();
  await newContract(deps, merchantId, { startsOn: '2026-01-01', endsOn: '2026-06-30' });
  const second = newContract(deps, merchantId, { startsOn, endsOn });
  if (overlap) await expect(second).rejects.toMatchObject({ code: 409, type: 'CONTRACT_OVERLAPS' });
  else expect(await second).toMatchObject({ startsOn, endsOn });
});

test('of two overlapping contracts made at once one is refused', async () => {
  await merchant();
  const results = await Promise.allSettled([newContract(deps, merchantId), newContract(deps, merchantId)]);
  const refused = results.filter(({ status }) => status === 'rejected') as PromiseRejectedResult[];
  expect(refused.map(({ reason }) => (reason as { type: string }).type)).toEqual(['CONTRACT_OVERLAPS']);
});

test('the database itself refuses contracts of one merchant that overlap', async () => {
  await merchant();
  await newContract(deps, merchantId);
  await expect(
    database.query(
      `insert into merchants.contract select gen_random_uuid(), merchant_id, 1, created_content, '2028-01-01', null,
         fulfilment_cadence, month_end_documents, storage_method, software_fee, rate_card_code, created_at, updated_at
       from merchants.contract where merchant_id = $1`,
      [merchantId],
    ),
  ).rejects.toMatchObject({ code: '23P01', constraint: 'contract_never_overlaps' });
});

test('ending a contract makes room for the next; its end cannot be moved back into that one', async () => {
  await merchant();
  const first = await newContract(deps, merchantId);
  const ended = await change(first.id, { endsOn: '2026-09-30', reason: 'notice given' });
  expect(ended).toMatchObject({ endsOn: '2026-09-30', version: 2 });
  await newContract(deps, merchantId, { startsOn: '2026-10-01' });
  await expect(change(first.id, { endsOn: null })).rejects.toMatchObject({ code: 409, type: 'CONTRACT_OVERLAPS' });
  await expect(change(first.id, { endsOn: '2025-12-31' })).rejects.toMatchObject({ code: 422 });
  await expect(change(first.id, { softwareFee: false }, { ...administrator, ifMatch: 1 })).rejects.toMatchObject({
    code: 412,
  });
  const audited = await database.query(
    `select before, after, reason from messaging.audit_entry where action = 'contract.changed' and entity_id = $1`,
    [first.id],
  );
  expect(audited).toEqual([{ before: { endsOn: null }, after: { endsOn: '2026-09-30' }, reason: 'notice given' }]);
  const { version, contracts } = await getMerchantSnapshot(deps, { id: merchantId }, administrator);
  expect([version, contracts.map(({ endsOn }) => endsOn)]).toEqual([4, ['2026-09-30', null]]);
});

test('a repeated create gets the contract, other content under its id 409', async () => {
  await merchant();
  const id = uuidv7(new Date());
  expect(await newContract(deps, merchantId, { id })).toEqual(await newContract(deps, merchantId, { id }));
  await expect(newContract(deps, merchantId, { id, softwareFee: false })).rejects.toMatchObject({
    code: 409,
    type: 'ID_TAKEN',
  });
});

test('an unknown merchant and one that ended get no contract', async () => {
  await merchant();
  await expect(newContract(deps, uuidv7(new Date()))).rejects.toMatchObject({ code: 422 });
  await changeMerchant(deps, { id: merchantId, status: 'terminated' }, administrator);
  await expect(newContract(deps, merchantId)).rejects.toMatchObject({ code: 409, type: 'MERCHANT_TERMINATED' });
});

test('K10 contracts of others are neither listed nor changed', async () => {
  const other = await merchant();
  await newContract(deps, other);
  const mine = await merchant();
  const own = await newContract(deps, mine, { startsOn: '2026-02-01' });
  const key: Actor = { ...merchantUser(mine), kind: 'apiKey', roles: ['api'] };
  expect((await list({}, key)).items).toEqual([own]);
  await expect(list({ merchantId: other }, key)).rejects.toMatchObject({ code: 404, type: 'MERCHANT_NOT_FOUND' });
  await expect(change(own.id, { softwareFee: false }, key)).rejects.toMatchObject({ code: 403 });
  expect((await list({ merchantId: mine, on: '2026-02-01' })).items).toEqual([own]);
  expect((await list({ merchantId: mine, on: '2026-01-31' })).items).toEqual([]);
});
