// Rating of shipments against a bare INSERT … SELECT of the same charges: `npm run bench:rating`.
import pg from 'pg';
import type { BillingDeps } from '../../services/billing/billing.deps.ts';
import { pricingConsumers } from '../../services/billing/pricing.ts';
import { consumeDue, type Consumer } from '../../shared/messaging/consumer.ts';
import { transact } from '../../shared/messaging/transact.ts';
import { orderShippedV1 } from '../../shared/protocol/orders/events.ts';
import { shipment } from '../../test/support/billing-events.ts';
import { FINANCE, furnish, onServer, openBilling, type Server } from '../support/billing-house.ts';
import { median, printTable, timed } from '../support/report.ts';

const EVENTS = Number(process.argv[2] ?? 20_000);
const ROUNDS = Number(process.argv[3] ?? 5);
const MERCHANTS = 20;
const AT_ONCE = 500;
/** What shipments differ in: country, weight, pieces, parcels. */
const KINDS = [
  ['DE', 900, 3, 1],
  ['DE', 4_200, 1, 1],
  ['AT', 3_000, 6, 1],
  ['CH', 12_000, 14, 2],
  ['US', 700, 2, 1],
] as const;

interface Round {
  productMs: number;
  bareMs: number;
  charges: number;
}

process.exitCode = await onServer(async (server) => {
  await seed(server);
  const rounds: Round[] = [];
  for (let round = 0; round < ROUNDS; round += 1) rounds.push(await measure(server));
  return report(rounds);
});

/** Shipments that billing has not heard of. */
async function seed(server: Server): Promise<void> {
  const url = await server.copy('seed');
  const [deps, db] = [await openBilling(url), new pg.Client({ connectionString: url })];
  await db.connect();
  const merchants = await furnish(deps, db, MERCHANTS);
  for (let start = 0; start < EVENTS; start += AT_ONCE)
    await transact({ ...deps, service: 'orders' }, FINANCE, async (_em, announce) => {
      for (let index = start; index < Math.min(EVENTS, start + AT_ONCE); index += 1)
        announce(orderShippedV1, shippedBy(merchants[index % MERCHANTS]!, index));
    });
  await db.query(
    `update messaging.delivery set done_at = clock_timestamp() where consumer <> 'billing.charge-shipments'`,
  );
  await db.query('vacuum analyze');
  await db.end();
  await deps.close();
}

function shippedBy(merchantId: string, index: number) {
  const [country, weightGrams, pieces, parcels] = KINDS[index % KINDS.length]!;
  const serviceDate = `2026-10-${String(1 + (index % 31)).padStart(2, '0')}`;
  const orderLineId = shipment().orderId;
  return shipment({
    ...{ merchantId, country, weightGrams, pieces, parcels, serviceDate, shippedAt: `${serviceDate}T10:00:00Z` },
    ...{ orderNumber: `B-${index}`, lines: [{ orderLineId, sku: 'SKU-1', name: 'Teelichthalter', quantity: pieces }] },
  });
}

/** The consumer of the product, then the same rows once more into the same table, which is empty both times. */
async function measure(server: Server): Promise<Round> {
  const url = await server.copy('measured', 'seed');
  const deps = await openBilling(url);
  await server.settle();
  const product = await timed(() => rateAll(deps));
  await deps.close();
  const bare = await bareInsert(server, url);
  await server.drop('measured');
  if (product.result !== EVENTS) throw new Error(`${product.result} of ${EVENTS} events were rated`);
  return { productMs: product.ms, bareMs: bare.ms, charges: bare.result };
}

async function rateAll(deps: BillingDeps): Promise<number> {
  const consumer = pricingConsumers(deps).find(({ name }) => name === 'billing.charge-shipments') as Consumer;
  let handled = 0;
  for (;;) {
    const count = await consumeDue(deps, consumer);
    if (!count) return handled;
    handled += count;
  }
}

async function bareInsert(server: Server, url: string) {
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  await admin.query('create table public.made as select * from billing.charge');
  const { rows } = await admin.query<{ columns: string; rated: boolean }>(
    `select string_agg(quote_ident(attname), ', ' order by attnum) as columns, (select bool_and(state = 'accrued') from public.made) as rated
     from pg_attribute where attrelid = 'billing.charge'::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
  );
  if (!rows[0]!.rated) throw new Error('Some charges have no price');
  await admin.query(
    'truncate billing.charge cascade; grant select on public.made to kontor_billing; analyze public.made',
  );
  await server.settle();
  const options = '-c role=kontor_billing -c kontor.scope=staff -c jit=off';
  const bare = new pg.Client({ connectionString: url, options });
  await bare.connect();
  const text = `insert into billing.charge (${rows[0]!.columns}) select ${rows[0]!.columns} from public.made`;
  const { result, ms } = await timed(() => bare.query(text));
  await bare.end();
  await admin.end();
  return { result: result.rowCount!, ms };
}

function report(rounds: readonly Round[]): number {
  const ratio = median(rounds.map(({ productMs, bareMs }) => bareMs / productMs));
  const { charges } = rounds[0]!;
  const perSecond = (ms: number, count: number) => `${Math.round((count * 1_000) / ms)}`;
  const productMs = median(rounds.map((round) => round.productMs));
  const bareMs = median(rounds.map((round) => round.bareMs));
  printTable([
    ['events, charges, rounds', `${EVENTS}, ${charges}, ${rounds.length}`],
    ['rating', `${perSecond(productMs, EVENTS)} events/s, ${perSecond(productMs, charges)} charges/s`],
    ['bare insert', `${perSecond(bareMs, charges)} charges/s`],
    ['ratio, median over the rounds', ratio.toFixed(2)],
    ['at least 0.25', ratio >= 0.25 ? 'yes' : 'NO'],
  ]);
  return ratio >= 0.25 ? 0 : 1;
}
