import { lastDayOf } from '../../shared/kernel/dates.ts';
import { uuidOf } from '../../shared/kernel/ids.ts';
import { read } from '../../shared/messaging/transact.ts';
import { overdueInvoices } from '../../services/billing/persistence/dunning/overdue.ts';
import * as runs from '../../services/billing/use-cases/direct-debits/collection-runs.ts';
import * as mandates from '../../services/billing/use-cases/direct-debits/mandates.ts';
import { proposeCollection } from '../../services/billing/use-cases/direct-debits/propose-collection.ts';
import { requestStep } from '../../services/billing/use-cases/runs/request-step.ts';
import { startRun } from '../../services/billing/use-cases/runs/start-run.ts';
import { createBillingWorld, FINANCE } from './billing-world.ts';

export const CREDITOR = 'DE98ZZZ09999999999';
const START = '2026-11-02T08:00:00Z';

/** What an entry of the account says beside amount and day. */
export interface Told {
  endToEndId?: string;
  charge?: number;
  iban?: string;
  mandateReference?: string;
}

/** A house that collects from one merchant after the other; each case has its own. */
export async function createCollecting() {
  const world = await createBillingWorld(START);
  const query = (text: string, values?: unknown[]) => world.database.query(text, values);
  let merchants = 0;
  let merchant = '';

  const setCreditor = (id: string) =>
    query(`update billing.issuer set profile = profile || jsonb_build_object('sepaCreditorId', $1::text)`, [id]);
  const agree = (more: object = {}) =>
    mandates.createMandate(
      world.deps,
      {
        ...{ merchantId: merchant, scheme: 'CORE', kind: 'recurrent', signedOn: '2026-01-05' },
        ...{ iban: 'DE02120300000000202051', debtorName: 'Alpha GmbH', ...more },
      },
      FINANCE,
    );
  const propose = () => proposeCollection(world.deps, { collectUntil: '2026-12-31' }, FINANCE);
  const approve = async () => {
    const { id, items, totalMinor } = await propose();
    return runs.approveCollection(world.deps, { id, seen: { items, totalMinor } }, FINANCE);
  };
  await setCreditor(CREDITOR);
  return {
    ...{ world, query, setCreditor, agree, propose, approve },

    /** Nothing of others is on its way, and there is a merchant with a mandate. */
    async next(): Promise<{ merchant: string; mandateId: string }> {
      world.at(START);
      await setCreditor(CREDITOR);
      await query(
        `update billing.direct_debit set held_at = now(), held_by = 'x', held_reason = 'another case' where held_at is null`,
      );
      merchants += 1;
      merchant = await world.addMerchant(`Fall ${merchants} GmbH`);
      return { merchant, mandateId: (await agree()).id };
    },

    /** Collects whatever is due. */
    collect: async () => runs.submitCollection(world.deps, { id: (await approve()).id }, FINANCE),

    /** Bills the charges of a month. @returns the invoice of the merchant */
    async bill(month: string, parcels = '100'): Promise<string> {
      await world.addCharges([{ merchantId: merchant, rule: 'pack', day: `${month}-20`, quantity: parcels }]);
      const { id } = await startRun(world.deps, { cutoff: lastDayOf(month), merchantIds: [merchant] }, FINANCE);
      await world.work();
      for (const step of ['approve', 'finalize'] as const) {
        await requestStep(world.deps, step, { id }, FINANCE);
        await world.work();
      }
      const [invoice] = await query(
        `select id from billing.invoice where run_id = $1 and merchant_id = $2 and state = 'finalized'`,
        [id, merchant],
      );
      return invoice!['id'] as string;
    },

    /** An entry of the account. @returns its id */
    async told(amountMinor: number, day: string, more: Told = {}): Promise<string> {
      const id = uuidOf('entry', merchant, amountMinor, day, more.endToEndId ?? '');
      await query(
        `insert into billing.bank_account_statement (id, iban, statement_id, file_sha256, imported_by, imported_at) values ($1, 'DE89370400440532013000', 'S', repeat('0', 64), 'x', now()) on conflict do nothing`,
        [uuidOf('statement')],
      );
      await query(
        `insert into billing.bank_entry (id, statement_id, iban, entry_key, position, amount_minor, currency, booking_date, value_date, remittance, end_to_end_id, return_reason, reversal, charge_minor,
           counterparty_iban, mandate_id)
         values ($1::uuid, $2, 'DE89370400440532013000', $1::uuid::text, 1, $3::bigint, 'EUR', $4, $4, '', $5, case when $3::bigint < 0 then 'AM04' end, false, $6, $7, $8)`,
        [
          ...[id, uuidOf('statement'), amountMinor, day, more.endToEndId ?? null, more.charge ?? null],
          ...[more.iban ?? null, more.mandateReference ?? null],
        ],
      );
      return id;
    },

    itemOf: async (invoiceId: string) =>
      (
        await query(
          `select id, state, payment_id as payment, return_charge_minor::int as charge from billing.collection_item where invoice_id = $1 and state <> 'removed'`,
          [invoiceId],
        )
      )[0]!,
    openOf: async (invoiceId: string) =>
      (
        await query(`select open_minor::int as open from billing.open_item('2026-12-31') where invoice_id = $1`, [
          invoiceId,
        ])
      )[0]!['open'],
    numberOf: async (invoiceId: string) =>
      (await query('select number from billing.invoice where id = $1', [invoiceId]))[0]!['number'] as string,
    /** A field of what dunning knows of each overdue invoice. */
    listed: (name: string) =>
      read(world.deps, FINANCE, (em) =>
        overdueInvoices(em, '2026-12-31', { today: '2026-12-31', zone: 'Europe/Berlin' }, merchant),
      ).then((found) => found.map((one) => one[name as keyof typeof one])),
  };
}

export type Collecting = Awaited<ReturnType<typeof createCollecting>>;
