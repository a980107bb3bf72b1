import { RuleViolation } from '../../../../shared/kernel/errors.ts';
import { transact } from '../../../../shared/messaging/transact.ts';
import { affected, sql } from '../../../../shared/persistence/sql.ts';
import { assertHouse, type Actor } from '../../../../shared/protocol/actor.ts';
import type { InvoiceView } from '../../../../shared/protocol/billing/runs-actions.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { invoiceView } from '../../persistence/runs/invoice-views.ts';

/**
 * Puts a parked document back to work.
 * @throws NotFound; RuleViolation when the document is there already or just being made
 */
export async function retryDocument(deps: BillingDeps, { id }: { id: string }, actor: Actor): Promise<InvoiceView> {
  assertHouse(actor);
  const view = await transact(deps, actor, async (em, _announce, audit) => {
    const invoice = await invoiceView(em, id, { staff: true });
    const changed = await affected(
      em,
      sql`update invoice_document set state = 'pending', attempts = 0, crashes = 0, next_at = clock_timestamp(), error = null, finding = null
          where invoice_id = ${id} and kind = 'pdf' and state = 'parked'`,
    );
    if (!changed)
      throw new RuleViolation('DOCUMENT_NOT_PARKED', `The document is ${invoice.document}`, {
        state: invoice.document,
      });
    audit({ action: 'invoice.document-retried', entity: 'invoice', entityId: id, merchantId: invoice.merchantId });
    return invoiceView(em, id, { staff: true });
  });
  deps.wakers.get('documents')?.();
  return view;
}
