import { readFile } from 'node:fs/promises';
import pg from 'pg';
import { pino } from 'pino';
import type { BillingDeps } from '../../services/billing/billing.deps.ts';
import { ISSUER_ID } from '../../services/billing/persistence/issuer.ts';
import { saveMerchants } from '../../services/billing/persistence/facts-of-others.ts';
import { createRateCard } from '../../services/billing/use-cases/rate-cards/create-rate-card.ts';
import type { Clock } from '../../shared/kernel/clock.ts';
import { transact } from '../../shared/messaging/transact.ts';
import { openOrm } from '../../shared/persistence/orm.ts';
import { serviceActor, type Actor } from '../../shared/protocol/actor.ts';
import { rateCard } from '../../shared/protocol/billing/rate-card.ts';
import { contract, merchant } from '../../test/support/billing-events.ts';
import { prepareTestCluster, TEMPLATE, withDatabase } from '../../test/support/cluster.ts';

/** The month that is billed, and the morning on which that happens. */
export const CUTOFF = '2026-10-31';
export const MORNING = '2026-11-01T03:30:00Z';

export const FINANCE: Actor = {
  ...serviceActor('billing', 'bench'),
  ...{ kind: 'user', id: 'finance', roles: ['finance'] },
};

/** A PostgreSQL server that writes durably, with databases to measure in. */
export interface Server {
  /** A database made of another one, `undefined` for an empty one that is migrated. @returns its URL */
  copy: (name: string, of?: string) => Promise<string>;
  drop: (name: string) => Promise<void>;
  /** Writes to disk what is not there yet, so that nobody pays for what came before. */
  settle: () => Promise<void>;
}

/** Opens a server, plays on it and clears it away. */
export async function onServer(play: (server: Server) => Promise<number>): Promise<number> {
  const cluster = await prepareTestCluster({ durable: true });
  const admin = new pg.Client({ connectionString: cluster.url });
  await admin.connect();
  try {
    return await play({
      copy: async (name, of = TEMPLATE) => {
        await admin.query(`create database ${name} template ${of} strategy file_copy`);
        return withDatabase(cluster.url, name);
      },
      drop: async (name) => void (await admin.query(`drop database ${name} with (force)`)),
      settle: async () => void (await admin.query('checkpoint')),
    });
  } finally {
    await admin.end();
    await cluster.stop();
  }
}

/** Billing as the product runs it, without a broker: the bench plays the clock and the loops. */
export async function openBilling(url: string, now: Clock = () => new Date(MORNING)): Promise<BillingDeps> {
  const orm = await openOrm({ service: 'billing', url, entities: [], poolSize: 10 });
  return {
    ...{ service: 'billing', orm, now, wake: () => undefined, random: Math.random },
    ...{ wakers: new Map(), rules: new Map() },
    ...{ log: pino({ level: 'warn' }), config: { KONTOR_ZONE: 'Europe/Berlin' } },
    close: () => orm.close(),
  } as unknown as BillingDeps;
}

/** An issuer, the price list of the demo and merchants under contract. @returns the merchants' ids */
export async function furnish(deps: BillingDeps, db: pg.Client, merchants: number): Promise<string[]> {
  const profile = {
    name: 'Nordlager Fulfillment GmbH',
    address: { street: 'Speicherweg 4', postalCode: '20457', city: 'Hamburg', country: 'DE' },
    vatId: 'DE136695976',
    managingDirectors: ['Inga Petersen'],
    bank: { name: 'Hanseatische Bank', iban: 'DE89370400440532013000', bic: 'COBADEFFXXX' },
  };
  await db.query(
    `insert into billing.issuer (id, profile, number_pattern, billing_starts_on) values ($1, $2, 'RE-{year}-{number:6}', '2026-10-01')`,
    [ISSUER_ID, profile],
  );
  const card = JSON.parse(await readFile(new URL('../../demo/data/rate-card.json', import.meta.url), 'utf8')) as object;
  await createRateCard(deps, rateCard.parse({ ...card, isBase: true }), FINANCE);
  const all = Array.from({ length: merchants }, (_, index) =>
    merchant({
      number: `M-${index + 1}`,
      name: `Merchant ${index + 1}`,
      invoiceEmails: [`invoices-${index + 1}@example.com`],
      contracts: [contract({ startsOn: '2026-10-01', storageMethod: null })],
    }),
  );
  await transact(deps, FINANCE, (em) => saveMerchants(em, all));
  return all.map(({ merchantId }) => merchantId);
}
