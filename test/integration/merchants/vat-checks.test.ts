import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { uuidv7 } from '../../../shared/kernel/ids.ts';
import { merchantsActions } from '../../../shared/protocol/merchants/actions.ts';
import { changeContract } from '../../../services/merchants/use-cases/change-contract.ts';
import { changeMerchant } from '../../../services/merchants/use-cases/change-merchant.ts';
import { getMerchantSnapshot } from '../../../services/merchants/use-cases/list-merchants.ts';
import {
  checkMerchantVatId,
  listVatChecks,
  recheckVatIds,
  type VatCheckDeps,
} from '../../../services/merchants/use-cases/vat-checks/vat-checks.ts';
import { viesRegister } from '../../../services/merchants/vat-register/vies.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { administrator, merchantsTestDeps, merchantUser, newContract, newMerchant } from '../../support/merchants.ts';

const ADDRESS = { name: 'Alpenglas AG', street: 'Gasse 1', postalCode: '6020', city: 'Innsbruck', country: 'AT' };
const VALID = {
  ...{ countryCode: 'AT', vatNumber: 'U12345675', valid: true, requestDate: '2026-10-14T22:00:00.000Z' },
  ...{ requestIdentifier: 'WAPIAAAAZ1', name: 'ALPENGLAS AG', address: 'GASSE 1\n6020 INNSBRUCK' },
  ...{ traderNameMatch: 'VALID', traderStreetMatch: 'VALID', traderPostalCodeMatch: 'INVALID' },
};

let database: TestDatabase;
let deps: VatCheckDeps;
let now = new Date('2026-10-15T10:00:00Z');
let asked: { path: string; body: Record<string, string> }[] = [];
let reply: (response: http.ServerResponse) => void;
const says = (content: unknown, status = 200, headers: http.OutgoingHttpHeaders = {}) => {
  reply = (response) => response.writeHead(status, headers).end(JSON.stringify(content));
};
const server = http.createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    asked.push({ path: request.url!, body: JSON.parse(Buffer.concat(chunks).toString()) as Record<string, string> });
    reply(response);
  });
});

beforeAll(async () => {
  database = await createTestDatabase();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  deps = {
    ...(await merchantsTestDeps(database)),
    now: () => now,
    config: { KONTOR_ZONE: 'Europe/Berlin' },
    vatRegister: register(true),
  };
});
beforeEach(() => {
  asked = [];
  now = new Date('2026-10-15T10:00:00Z');
  says(VALID);
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
  await deps.orm.close();
  await database.drop();
});

const register = (allowPrivate: boolean, deadlineMs = 5_000) =>
  viesRegister({
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/rest-api/`,
    ...{ requester: 'DE136695976', resolve: () => Promise.resolve([]), rules: { allowPrivate }, deadlineMs },
  });
const austrian = (overrides: Record<string, unknown> = {}) =>
  newMerchant(deps, { address: ADDRESS, vatId: 'ATU12345675', taxTreatment: 'reverseCharge', ...overrides });
const check = (id: string, actor = administrator, checkId?: string) =>
  checkMerchantVatId(deps, { id, ...(checkId ? { checkId } : {}) }, actor);
const history = async (id: string) =>
  (await listVatChecks(deps, { ...merchantsActions.listVatChecks.params.parse({ id }) }, administrator)).items;
const known = async (id: string) => (await getMerchantSnapshot(deps, { id }, administrator)).vatIdCheck;

test('H8 a confirmation is asked for with name and address, and kept with its number', async () => {
  const { id } = await austrian();
  const found = await check(id);
  expect(asked).toEqual([
    {
      path: '/rest-api/check-vat-number',
      body: {
        ...{ countryCode: 'AT', vatNumber: 'U12345675', requesterMemberStateCode: 'DE', requesterNumber: '136695976' },
        ...{ traderName: 'Alpenglas AG', traderStreet: 'Gasse 1', traderPostalCode: '6020', traderCity: 'Innsbruck' },
      },
    },
  ]);
  expect(found).toEqual({
    ...{ id: found.id, vatId: 'ATU12345675', state: 'valid', register: 'vies', askedAt: '2026-10-15T10:00:00.000Z' },
    ...{ askedBy: 'user', askedById: administrator.id, checkedOn: '2026-10-15', consultationNumber: 'WAPIAAAAZ1' },
    ...{ registeredName: 'ALPENGLAS AG', registeredAddress: 'GASSE 1 6020 INNSBRUCK', error: null },
    ...{ nameMatches: true, addressMatches: false },
  });
  expect(await history(id)).toEqual([found]);
  expect(await known(id)).toEqual({ state: 'valid', checkedOn: '2026-10-15' });
  const [told] = await database.query(
    `select payload -> 'vatIdCheck' ->> 'state' as state from messaging.event
     where merchant_id = $1 order by (payload ->> 'version')::int desc limit 1`,
    [id],
  );
  expect(told).toEqual({ state: 'valid' });
  const [audited] = await database.query(
    `select after ->> 'consultationNumber' as number from messaging.audit_entry where entity_id = $1 and action = 'merchant.vat-id-checked'`,
    [id],
  );
  expect(audited).toEqual({ number: 'WAPIAAAAZ1' });
});

test('H8 a program with an API key asks as well', async () => {
  const { id } = await austrian();
  const key = { ...administrator, kind: 'apiKey' as const };
  expect(await checkMerchantVatId(deps, { id }, key)).toMatchObject({ state: 'valid', askedBy: 'apiKey' });
});

test.each<[string, () => void, object]>([
  [
    'an id nobody has',
    () => says({ valid: false, requestDate: '2026-10-15+02:00' }),
    { state: 'invalid', error: null },
  ],
  ['a form no id has', () => says({ valid: false, userError: 'INVALID_INPUT' }), { state: 'invalid' }],
  ['dashes for name and address', () => says({ valid: true, name: '---', address: '---' }), { registeredName: null }],
  [
    'a member state that is away',
    () => says({ actionSucceed: false, errorWrappers: [{ error: 'MS_UNAVAILABLE' }] }),
    { state: 'unavailable', error: 'MS_UNAVAILABLE' },
  ],
  ['the same, said otherwise', () => says({ valid: false, userError: 'TIMEOUT' }), { state: 'unavailable' }],
  ['a failure', () => says({}, 500), { state: 'unavailable', error: 'answered 500' }],
  [
    'a redirect',
    () => says({ valid: true }, 302, { location: 'http://169.254.169.254/' }),
    { state: 'unavailable', error: 'redirects are not followed' },
  ],
  [
    'an answer without end',
    () => says({ valid: true, name: 'x'.repeat(40_000) }),
    { state: 'unavailable', error: 'the answer is too long or was broken off' },
  ],
  [
    'an answer that breaks off',
    () =>
      void (reply = (response) =>
        response.writeHead(200, { 'content-length': 50 }).end('{"valid":', () => response.destroy())),
    { state: 'unavailable' },
  ],
  [
    'a page of HTML',
    () => void (reply = (response) => response.end('<html>')),
    { error: 'the answer is not understood' },
  ],
  ['a word for valid', () => says({ valid: 'true' }), { error: 'the answer is not understood' }],
])('H8 the register answers with %s', async (_, prepare, expected) => {
  prepare();
  const { id } = await austrian();
  expect(await check(id)).toMatchObject(expected);
});

test('H8 a register that hangs, or lies in the house, gives no answer', async () => {
  const today = '2026-10-15';
  const question = { vatId: 'ATU12345675', address: ADDRESS };
  reply = () => undefined;
  expect(await register(true, 200).ask(question, today)).toEqual({
    ...{ state: 'unavailable', checkedOn: today, error: 'no answer in time' },
  });
  expect(await register(false).ask(question, today)).toMatchObject({ state: 'unavailable' });
  expect(asked).toHaveLength(1);
});

test('H8 silence takes nothing back, and another id has nothing yet', async () => {
  const { id } = await austrian();
  expect(await known(id)).toBeNull();
  says({}, 503);
  await check(id);
  expect(await known(id)).toEqual({ state: 'unavailable', checkedOn: '2026-10-15' });
  now = new Date('2026-10-15T10:01:00Z');
  says({ valid: false });
  await check(id);
  now = new Date('2026-10-15T10:02:00Z');
  says({}, 503);
  await check(id);
  expect(await known(id)).toEqual({ state: 'invalid', checkedOn: '2026-10-15' });
  expect((await history(id)).map(({ state }) => state)).toEqual(['unavailable', 'invalid', 'unavailable']);
  await changeMerchant(deps, { id, vatId: 'ATU13585627' }, administrator);
  expect(await known(id)).toBeNull();
});

test('H8 what cannot be asked is refused: no register, no id, another merchant’s check, a merchant’s own users', async () => {
  const { id } = await austrian();
  const german = await newMerchant(deps);
  await expect(checkMerchantVatId({ ...deps, vatRegister: null }, { id }, administrator)).rejects.toMatchObject({
    ...{ code: 409, type: 'VAT_REGISTER_OFF' },
  });
  await expect(check(german.id)).rejects.toMatchObject({ code: 409, type: 'VAT_ID_NOT_CHECKABLE' });
  await expect(check(uuidv7(new Date()))).rejects.toMatchObject({ code: 404 });
  await expect(check(id, merchantUser(id))).rejects.toMatchObject({ code: 403 });
  await expect(listVatChecks(deps, { id, limit: 10 }, merchantUser(id))).rejects.toMatchObject({ code: 403 });
  const checkId = uuidv7(new Date());
  const first = await check(id, administrator, checkId);
  expect(await check(id, administrator, checkId)).toEqual(first);
  await expect(check(german.id, administrator, checkId)).rejects.toMatchObject({ code: 409, type: 'ID_TAKEN' });
  expect(asked).toHaveLength(1);
});

test('H8 that an area is let and why a merchant is exempt is kept, told, and refused where it does not fit', async () => {
  const refused = (path: string) => ({ code: 422, data: { errors: [expect.objectContaining({ path })] } });
  const { id } = await newMerchant(deps, { taxTreatment: 'exempt', exemptionReason: 'Steuerfrei nach § 4 Nr. 3 UStG' });
  await expect(newMerchant(deps, { taxTreatment: 'exempt' })).rejects.toMatchObject(refused('exemptionReason'));
  await expect(changeMerchant(deps, { id, exemptionReason: null }, administrator)).rejects.toMatchObject(
    refused('exemptionReason'),
  );
  await expect(austrian({ vatId: 'DE136695976' })).rejects.toMatchObject(refused('vatId'));
  await expect(austrian({ vatId: 'ATU12345678' })).rejects.toMatchObject(refused('vatId'));
  await expect(newContract(deps, id, { storageIsLandRelated: true })).rejects.toMatchObject(
    refused('storageIsLandRelated'),
  );
  const contract = await newContract(deps, id, { storageMethod: 'palletDay', storageIsLandRelated: true });
  expect(contract).toMatchObject({ storageIsLandRelated: true });
  const told = () => getMerchantSnapshot(deps, { id }, administrator);
  expect(await told()).toMatchObject({
    ...{ exemptionReason: 'Steuerfrei nach § 4 Nr. 3 UStG', vatIdCheck: null },
    contracts: [{ storageIsLandRelated: true }],
  });
  const change = (storageIsLandRelated: boolean, storageMethod: 'palletDay' | null = 'palletDay') =>
    changeContract(deps, { id: contract.id, storageIsLandRelated, storageMethod }, administrator);
  await expect(change(true, null)).rejects.toMatchObject(refused('storageIsLandRelated'));
  await change(false);
  expect(await told()).toMatchObject({ contracts: [{ storageIsLandRelated: false }] });
});

test('H8 the proof is never changed or removed', async () => {
  const { id } = await austrian();
  await check(id);
  for (const statement of [`update merchants.vat_check set state = 'invalid'`, 'delete from merchants.vat_check'])
    await expect(database.query(`${statement} where merchant_id = $1`, [id])).rejects.toThrow();
  expect((await history(id)).map(({ state }) => state)).toEqual(['valid']);
});

test('H8 reverse-charge merchants are asked about once more before a month ends', async () => {
  await database.query(`update merchants.merchant set status = 'terminated'`);
  const [one, two] = [await austrian(), await austrian()];
  await austrian({ taxTreatment: 'exempt', exemptionReason: 'Steuerfrei nach § 4 Nr. 3 UStG' });
  const rounds = async () => {
    let count = 0;
    while (await recheckVatIds(deps)) count += 1;
    return count;
  };
  now = new Date('2026-10-24T21:59:00Z');
  expect(await rounds()).toBe(0);
  now = new Date('2026-10-24T22:00:00Z');
  await check(one.id);
  says({}, 503);
  expect(await rounds()).toBe(1);
  now = new Date('2026-10-25T03:59:00Z');
  expect(await rounds()).toBe(0);
  now = new Date('2026-10-25T04:01:00Z');
  says(VALID);
  expect(await rounds()).toBe(1);
  expect(await rounds()).toBe(0);
  expect((await history(one.id)).map(({ askedBy }) => askedBy)).toEqual(['user']);
  expect((await history(two.id)).map(({ state, askedBy }) => [state, askedBy])).toEqual([
    ['valid', 'service'],
    ['unavailable', 'service'],
  ]);
  now = new Date('2026-11-24T12:00:00Z');
  expect(await rounds()).toBe(2);
  expect(await recheckVatIds({ ...deps, vatRegister: null })).toBe(0);
});
