import { lastDayOf, localDateOf, monthOf } from '../../../../shared/kernel/dates.ts';
import { parseMicros } from '../../../../shared/kernel/decimal.ts';
import { lineNetMinor } from '../../../../shared/kernel/money.ts';
import { read } from '../../../../shared/messaging/transact.ts';
import { undone } from '../../../../shared/persistence/undone.ts';
import { assertSeesMerchant, serviceActor, type Actor } from '../../../../shared/protocol/actor.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { SECTIONS, type AllocationGroup } from '../../domain/invoices/invoice-draft.ts';
import { duePeriods } from '../../domain/runs/periods.ts';
import { countHeldNext, nextHolds } from '../../persistence/runs/next-hold.ts';
import { worklistOf } from '../../persistence/runs/run-facts.ts';
import { priceDue } from '../runs/price-due.ts';
import { findMerchantOr404 } from '../merchants/ensure-merchant.ts';
import { expectedAccount } from './expected-account.ts';

/**
 * What a merchant would be billed at the end of the current month with all there is by now: the same pricing as the
 * draft, so that the two cannot differ (X4). Charges without price, held ones and those that the next run will hold as
 * too old are counted, not summed.
 * @throws NotFound for a merchant who does not exist or is someone else
 */
export async function getMerchantAccount(deps: BillingDeps, { id: merchantId }: { id: string }, actor: Actor) {
  assertSeesMerchant(actor, merchantId);
  await findMerchantOr404(deps, merchantId, actor);
  const today = localDateOf(deps.now(), deps.config.KONTOR_ZONE);
  const upTo = lastDayOf(monthOf(today));
  const expected = await undone(deps.orm, 'staff', (em) => expectedAccount(deps, em, merchantId, today));
  const due = duePeriods(upTo, 'semiMonthly');
  // the rules of the base card belong to no merchant, so the reading is the house's
  return read(deps, serviceActor('billing', actor.requestId), async (em) => {
    const holdsBefore = await nextHolds(em, merchantId, today);
    const groups = await priceDue(deps, em, { merchantId, cutoff: upTo, due, holdsBefore }, false);
    const tooOld = await countHeldNext(em, merchantId, holdsBefore);
    const worklist = await worklistOf(
      em,
      merchantId,
      upTo,
      due.map(({ stream }) => stream),
    );
    const sections = SECTIONS.flatMap((section) => {
      const lines = groups.filter((group) => group.section === section).map(accountLine);
      return lines.length ? { section, netMinor: sum(lines), lines } : [];
    });
    return { merchantId, currency: 'EUR', upTo, sections, netMinor: sum(sections), ...worklist, tooOld, expected };
  });
}

const accountLine = (group: AllocationGroup) => ({
  kind: group.kind,
  chargeType: group.chargeType,
  label: group.label,
  serviceMonth: group.serviceMonth,
  quantity: group.quantity,
  unit: group.unit,
  unitPrice: group.unitPrice,
  baseQuantity: group.baseQuantity,
  charges: group.chargeCount,
  netMinor: lineNetMinor(parseMicros(group.quantity), parseMicros(group.unitPrice), parseMicros(group.baseQuantity)),
});

const sum = (parts: readonly { netMinor: number }[]): number =>
  parts.reduce((total, { netMinor }) => total + netMinor, 0);
