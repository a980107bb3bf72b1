import { NotFound } from '../../../../shared/kernel/errors.ts';
import { uuidv7 } from '../../../../shared/kernel/ids.ts';
import { read, transact } from '../../../../shared/messaging/transact.ts';
import { soleMerchant, type Actor } from '../../../../shared/protocol/actor.ts';
import { lineDisputeOpenedV1 } from '../../../../shared/protocol/billing/dispute-events.ts';
import type { disputesActions } from '../../../../shared/protocol/billing/disputes-actions.ts';
import type { LineDisputeView } from '../../../../shared/protocol/billing/disputes-views.ts';
import type { InputOf, OutputOf } from '../../../../shared/protocol/define.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { assertDisputable } from '../../domain/disputes/line-disputes.ts';
import { lockCorrected } from '../../persistence/corrections/corrected-invoice.ts';
import { disputeView, listDisputes } from '../../persistence/disputes/dispute-views.ts';
import { insertDispute, insertMessage, lineLeft } from '../../persistence/disputes/line-disputes.ts';
import { factsOf } from './dispute-facts.ts';

type Actions = typeof disputesActions;

/**
 * The merchant disputes a line of an invoice that stands, one dispute at a time.
 * @throws NotFound for an invoice, also a draft, or a line that is not there or somebody else's
 * @throws RuleViolation `LINE_DISPUTED_ALREADY`; otherwise as {@link assertDisputable}
 */
export const openLineDispute = (
  deps: BillingDeps,
  { id: invoiceId, lineId, reason, text, netMinor }: InputOf<Actions['openLineDispute']>,
  actor: Actor,
): Promise<LineDisputeView> =>
  transact(deps, actor, async (em, announce, audit, changed) => {
    const invoice = await lockCorrected(em, invoiceId);
    if (!invoice || invoice.state === 'draft') throw new NotFound('invoice');
    const left = await lineLeft(em, invoiceId, lineId);
    if (left === undefined) throw new NotFound('invoice line');
    assertDisputable(invoice, left, netMinor);
    const at = deps.now();
    const [id, by, { merchantId }] = [uuidv7(at), actor.id, invoice];
    await insertDispute(em, { id, merchantId, invoiceId, lineId, reason, disputedNetMinor: netMinor ?? null, by, at });
    await insertMessage(em, { id, merchantId }, { id: uuidv7(at), position: 1, side: 'merchant', by, text, at });
    const view = await disputeView(em, id);
    announce(lineDisputeOpenedV1, { ...factsOf(view), text, openedAt: view.openedAt });
    audit({
      ...{ action: 'line-dispute.opened', entity: 'line-dispute', entityId: id, merchantId },
      after: { invoiceId, lineId, reason, disputedNetMinor: view.disputedNetMinor },
    });
    changed({ topic: 'invoices', id: invoiceId, merchantId });
    return view;
  });

export const listLineDisputes = (
  deps: BillingDeps,
  input: InputOf<Actions['listLineDisputes']>,
  actor: Actor,
): Promise<OutputOf<Actions['listLineDisputes']>> =>
  read(deps, actor, (em) => listDisputes(em, { ...input, merchantId: input.merchantId ?? soleMerchant(actor) }));

export const getLineDispute = (deps: BillingDeps, { id }: { id: string }, actor: Actor): Promise<LineDisputeView> =>
  read(deps, actor, (em) => disputeView(em, id));
