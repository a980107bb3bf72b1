import { cancelInvoice } from '../../services/billing/use-cases/corrections/cancel-invoice.ts';
import { creditInvoice } from '../../services/billing/use-cases/corrections/credit-invoice.ts';
import { requestStep } from '../../services/billing/use-cases/runs/request-step.ts';
import { FINANCE, type BillingWorld } from './billing-world.ts';

/** What a merchant's documents of a run come to, all of them or those of a kind. */
export interface IssuedDocument {
  id: string;
  runId: string;
  number: string;
  kind: string;
  state: string;
  split: string;
  net: number;
  vat: number;
  gross: number;
}

/** Corrections as finance makes them; a merchant is its id. */
export function correctionsOf({ deps, database, work }: BillingWorld) {
  const documents = (merchantId: string, cutoff?: string): Promise<IssuedDocument[]> =>
    database.query(
      `select i.id, i.run_id as "runId", i.number, i.kind, i.state, i.split, i.net_minor::int as net, i.vat_minor::int as vat, i.gross_minor::int as gross
       from billing.invoice i join billing.run_merchant m on m.id = i.run_merchant_id
       where i.merchant_id = $1 and i.state <> 'draft' and ($2::date is null or m.cutoff = $2) order by i.finalized_at, i.kind, i.series_number`,
      [merchantId, cutoff ?? null],
    ) as never;
  /** The documents that are billed. */
  const live = async (merchantId: string, cutoff?: string) =>
    (await documents(merchantId, cutoff)).filter(({ kind, state }) => state === 'finalized' && kind === 'invoice');
  return {
    documents,
    live,
    cancel: (id: string, reason = 'Falscher Preis') => cancelInvoice(deps, { id, reason }, FINANCE),
    credit: (id: string, lines: Parameters<typeof creditInvoice>[1]['lines'], reason = 'Minderleistung') =>
      creditInvoice(deps, { id, lines, reason }, FINANCE),
    /** Drafts a cancelled row anew and bills it. */
    again: async (merchantId: string, runId: string) => {
      await requestStep(deps, 'draft', { id: runId, merchantIds: [merchantId] }, FINANCE);
      await work();
      await requestStep(deps, 'draft', { id: runId, merchantIds: [merchantId], accept: ['ABOVE_USUAL'] }, FINANCE);
      await work();
      for (const step of ['approve', 'finalize'] as const) {
        await requestStep(deps, step, { id: runId, merchantIds: [merchantId] }, FINANCE);
        await work();
      }
    },
    /** Net of what stands of a merchant, by rule and price: what is billed over all documents. */
    standing: (merchantId: string) =>
      database.query(
        `select l.service_month as month, l.rule_key as rule, trim_scale(sum(l.quantity))::text as quantity, trim_scale(l.unit_price)::text as price, sum(l.net_minor)::int as net
         from billing.invoice_line l join billing.invoice i on i.id = l.invoice_id and i.state = 'finalized'
         where l.merchant_id = $1 and i.corrects_id is null group by 1, 2, 4 having sum(l.quantity) <> 0 or sum(l.net_minor) <> 0 order by 1, 2, 4`,
        [merchantId],
      ),
  };
}
