import { openOrm } from '../../shared/persistence/orm.ts';
import type { Actor } from '../../shared/protocol/actor.ts';
import { merchantsActions } from '../../shared/protocol/merchants/actions.ts';
import { MERCHANTS_ENTITIES, type MerchantsDeps } from '../../services/merchants/merchants.deps.ts';
import { createMerchant } from '../../services/merchants/use-cases/create-merchant.ts';
import { createContract } from '../../services/merchants/use-cases/create-contract.ts';
import type { TestDatabase } from './database.ts';

/** Dependencies of the merchants' use cases on a test database, on a clock that stands still. */
export async function merchantsTestDeps(database: TestDatabase): Promise<MerchantsDeps> {
  return {
    service: 'merchants',
    orm: await openOrm({ service: 'merchants', url: database.url, entities: MERCHANTS_ENTITIES, poolSize: 6 }),
    now: () => new Date('2026-10-15T10:00:00Z'),
    wake: () => undefined,
    config: { KONTOR_ZONE: 'Europe/Berlin' },
  };
}

export const administrator: Actor = {
  kind: 'user',
  id: '0199e000-0000-7000-8000-000000000001',
  roles: ['admin'],
  scope: 'staff',
  requestId: 'request-1',
};
export const merchantUser = (...merchantIds: string[]): Actor => ({
  ...administrator,
  id: '0199e000-0000-7000-8000-000000000002',
  roles: ['merchantDecider'],
  scope: merchantIds,
});

let counter = 0;

/** A body of `POST /merchants` as a client sends it. */
export const merchantBody = (overrides: Record<string, unknown> = {}) => ({
  number: `M${(counter += 1)}`,
  name: 'Nordlicht Keramik GmbH',
  address: {
    name: 'Nordlicht Keramik GmbH',
    street: 'Speicherstraße 4',
    postalCode: '20457',
    city: 'Hamburg',
    country: 'DE',
  },
  invoiceEmails: ['rechnung@nordlicht.example'],
  ...overrides,
});

/** Creates a merchant through the schema of the action, with its defaults. */
export const newMerchant = (deps: MerchantsDeps, overrides: Record<string, unknown> = {}, actor = administrator) =>
  createMerchant(deps, merchantsActions.createMerchant.body.parse(merchantBody(overrides)), actor);

export const newContract = (deps: MerchantsDeps, merchantId: string, overrides: Record<string, unknown> = {}) =>
  createContract(
    deps,
    merchantsActions.createContract.body.parse({ merchantId, startsOn: '2026-01-01', ...overrides }),
    administrator,
  );
