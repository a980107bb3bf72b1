import { requestStep } from '../../services/billing/use-cases/runs/request-step.ts';
import { startRun } from '../../services/billing/use-cases/runs/start-run.ts';
import { uuidOf } from '../../shared/kernel/ids.ts';
import { FINANCE, type BillingWorld } from './billing-world.ts';
import type { TestDatabase } from './database.ts';

let issued = 0;

export interface IssuedInvoice {
  id: string;
  number: string;
}

/** An invoice as it stands after its run, without lines: for what happens to it afterwards. */
export async function issueInvoice(
  { query }: Pick<TestDatabase, 'query'>,
  merchantId: string,
  {
    grossMinor = 11_900,
    issueDate = '2026-10-01',
    dueDate = '2026-10-15',
    number = `T-${issued + 1}`,
    delivery = 'sent',
  } = {},
): Promise<IssuedInvoice> {
  const sequence = (issued += 1);
  const [id, runId, rowId] = [uuidOf('issued', sequence), uuidOf('its-run', sequence), uuidOf('its-row', sequence)];
  await query(
    `insert into billing.run (id, issuer_id, cutoff, started_by, started_kind, created_at) values ($1, $2, date '2021-01-01' + $3::int, 'x', 'user', now())`,
    [runId, uuidOf('issuer'), sequence],
  );
  await query(
    `insert into billing.run_merchant (id, run_id, merchant_id, cutoff, state) values ($1, $2, $3, date '2021-01-01' + $4::int, 'skipped')`,
    [rowId, runId, merchantId, sequence],
  );
  await query(
    `insert into billing.invoice (id, run_id, run_merchant_id, merchant_id, kind, split, state, currency, language, issuer_id, number, series_year, series_number,
       issue_date, due_date, period_from, period_to, net_minor, vat_minor, gross_minor, finalized_at, created_at)
     values ($1, $2, $3, $4, 'invoice', 'all', 'finalized', 'EUR', 'de', $5, $6, 2020, $7, $8::date, $9::date, '2026-09-01', '2026-09-30', $10::bigint, 0, $10::bigint, $8::date, now())`,
    [id, runId, rowId, merchantId, uuidOf('issuer'), number, sequence, issueDate, dueDate, grossMinor],
  );
  await query(
    `insert into billing.invoice_status (invoice_id, merchant_id, payment, delivery, dispute) values ($1, $2, 'open', $3, 'none')`,
    [id, merchantId, delivery],
  );
  return { id, number };
}

/** Bills everything of a cut-off, from draft to archived documents. @returns the ids of its invoices by merchant */
export async function billCutoff(world: BillingWorld, cutoff: string): Promise<Map<string, string>> {
  const { id } = await startRun(world.deps, { cutoff }, FINANCE);
  await world.work();
  for (const step of ['approve', 'finalize'] as const) {
    await requestStep(world.deps, step, { id }, FINANCE);
    await world.work();
  }
  const invoices = await world.database.query<{ id: string; merchant: string }>(
    `select id, merchant_id as merchant from billing.invoice where run_id = $1 and state = 'finalized'`,
    [id],
  );
  return new Map(invoices.map((invoice) => [invoice.merchant, invoice.id]));
}
