import type pg from 'pg';
import type { BillingDeps } from '../../services/billing/billing.deps.ts';
import { inspectionCharges } from '../../services/billing/domain/charge-types/returns.ts';
import { shipmentCharges } from '../../services/billing/domain/charge-types/shipments.ts';
import { accrueFinishedMonths } from '../../services/billing/use-cases/charges/accrue-software-fees.ts';
import { chargeFacts } from '../../services/billing/use-cases/charges/charge-facts.ts';
import { transact } from '../../shared/messaging/transact.ts';
import { inspection, shipment } from '../../test/support/billing-events.ts';
import { FINANCE } from './billing-house.ts';

/** Charges that one round of {@link sampleFacts} makes with the price list of the demo. */
export const SAMPLE = 20;

const COLUMNS = [
  ...['charge_type', 'revision', 'stream', 'section', 'currency', 'quantity', 'unit', 'amount_minor', 'unit_price'],
  ...['state', 'rule_id', 'rule_key', 'version_id', 'attributes', 'trace', 'late_exempt', 'source'],
].join(', ');

/** Three shipments and one return, as they come in the trade. */
export const sampleFacts = (merchantId: string) => [
  ...shipmentCharges(shipment({ merchantId, country: 'DE', weightGrams: 900, pieces: 3 })),
  ...shipmentCharges(shipment({ merchantId, country: 'AT', weightGrams: 3_000, pieces: 6 })),
  ...shipmentCharges(shipment({ merchantId, country: 'CH', weightGrams: 12_000, parcels: 2, pieces: 14 })),
  ...inspectionCharges(
    inspection({
      merchantId,
      items: (['restock', 'dispose'] as const).map((disposition, index) => ({
        ...{ itemId: shipment().shipmentId, sku: `A-${index}`, name: 'Article', quantity: index + 1, reason: null },
        ...{
          grade: 'A' as const,
          note: '',
          disposition,
          photos: [{ photoId: merchantId, thumbKey: 't', webKey: 'w' }],
        },
      })),
    }),
  ),
];

/**
 * Charges in the second half of October, in the order in which they come in: every merchant has some of each hour. The
 * first ones are made by the product; the others are copies of them with ids, days and events of their own.
 */
export async function growCharges(deps: BillingDeps, db: pg.Client, merchants: readonly string[], each: number) {
  const made = await transact(deps, FINANCE, (em) => chargeFacts(deps, em, sampleFacts(merchants[0]!)));
  if (made !== SAMPLE) throw new Error(`The sample has ${made} charges instead of ${SAMPLE}`);
  await db.query(`create table public.sample as select * from billing.charge`);
  await db.query('truncate billing.charge cascade');
  for (let round = 0; round < each / SAMPLE; round += 1)
    await db.query(
      `insert into billing.charge (id, merchant_id, service_date, source_event, reference, ${COLUMNS})
       select uuidv7(), e.merchant_id, date '2026-10-16' + $2::int % 16, e.id, s.reference || jsonb_build_object('id', e.id), ${COLUMNS.replace('source', 's.source')}
       from (select m.merchant_id, o.source_event, uuidv7() as id
             from unnest($1::uuid[]) m (merchant_id) cross join (select distinct source_event from public.sample) o offset 0) e
       join public.sample s using (source_event)`,
      [merchants, round],
    );
  await db.query('drop table public.sample');
  await accrueFinishedMonths(deps);
  await db.query('vacuum analyze');
}
