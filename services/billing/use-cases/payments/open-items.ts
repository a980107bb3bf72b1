import { NotFound, RuleViolation } from '../../../../shared/kernel/errors.ts';
import { localDateOf } from '../../../../shared/kernel/dates.ts';
import { uuidv7 } from '../../../../shared/kernel/ids.ts';
import { read, transact } from '../../../../shared/messaging/transact.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { firstRow, rows, sql } from '../../../../shared/persistence/sql.ts';
import { assertHouse, isStaff, serviceActor, type Actor } from '../../../../shared/protocol/actor.ts';
import type { paymentsActions, SettlementView } from '../../../../shared/protocol/billing/payments-actions.ts';
import type { InputOf, OutputOf } from '../../../../shared/protocol/define.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import * as items from '../../persistence/payments/open-items.ts';
import { lockSettlement, settling } from '../../persistence/payments/settling.ts';
import { openItemsCsv } from './open-items-csv.ts';
import { bookingOf } from './settlement.ts';

type Actions = typeof paymentsActions;
const AT_ONCE = 500;

export const todayOf = ({ now, config }: Pick<BillingDeps, 'now' | 'config'>): string =>
  localDateOf(now(), config.KONTOR_ZONE);

export async function listOpenItems(
  deps: BillingDeps,
  input: InputOf<Actions['listOpenItems']>,
  actor: Actor,
): Promise<OutputOf<Actions['listOpenItems']>> {
  assertHouse(actor);
  return read(deps, actor, (em) => items.listOpenItems(em, { ...input, today: todayOf(deps) }));
}

export async function listOpenAccounts(
  deps: BillingDeps,
  input: InputOf<Actions['listOpenAccounts']>,
  actor: Actor,
): Promise<OutputOf<Actions['listOpenAccounts']>> {
  assertHouse(actor);
  return read(deps, actor, (em) => items.listOpenAccounts(em, { ...input, today: todayOf(deps) }));
}

export async function exportOpenItems(
  deps: BillingDeps,
  { language, ...filter }: InputOf<Actions['exportOpenItems']>,
  actor: Actor,
): Promise<OutputOf<Actions['exportOpenItems']>> {
  assertHouse(actor);
  const today = todayOf(deps);
  const found = await read(deps, actor, (em) => items.allOpenItems(em, { ...filter, today }));
  const { key } = await deps.store.putContent('open-items', openItemsCsv(found, language), 'csv');
  return {
    ...{ objectKey: key, contentType: 'text/csv; charset=utf-8', disposition: 'attachment' },
    filename: `${language === 'de' ? 'Offene-Posten' : 'open-items'}-${today}.csv`,
  };
}

export const getInvoiceSettlement = (
  deps: BillingDeps,
  { id }: { id: string },
  actor: Actor,
): Promise<SettlementView> => read(deps, actor, (em) => items.settlementView(em, id, todayOf(deps), isStaff(actor)));

type Reasoned = { id: string; reason: string };

/**
 * Gives up what is open of an invoice.
 * @throws NotFound; RuleViolation when nothing is open
 */
export const writeOffInvoice = (deps: BillingDeps, { id, reason }: Reasoned, actor: Actor): Promise<SettlementView> =>
  writeOff(deps, id, reason, actor, 'invoice.written-off', ({ openMinor }) => {
    if (openMinor <= 0) throw new RuleViolation('NOTHING_OPEN', 'Nothing is open of this document');
    return openMinor;
  });

/** @throws NotFound; RuleViolation when nothing was written off */
export const undoWriteOff = (deps: BillingDeps, { id, reason }: Reasoned, actor: Actor): Promise<SettlementView> =>
  writeOff(deps, id, reason, actor, 'invoice.write-off-undone', ({ writtenOffMinor }) => {
    if (!writtenOffMinor) throw new RuleViolation('NOTHING_WRITTEN_OFF', 'Nothing of this document was written off');
    return -writtenOffMinor;
  });

function writeOff(
  deps: BillingDeps,
  id: string,
  reason: string,
  actor: Actor,
  action: 'invoice.written-off' | 'invoice.write-off-undone',
  amountOf: (item: SettlementView) => number,
): Promise<SettlementView> {
  assertHouse(actor);
  return transact(deps, actor, async (em, _announce, audit) => {
    const { by, at, on } = bookingOf(deps, actor.id);
    const merchantId = await lockItem(em, id);
    const amountMinor = amountOf(await items.settlementView(em, id, on, true));
    await settling(() =>
      rows(
        em,
        sql`insert into write_off (id, merchant_id, invoice_id, amount_minor, reason, booked_on, booked_by, booked_at)
            values (${uuidv7(at)}, ${merchantId}, ${id}, ${amountMinor}, ${reason}, ${on}, ${by}, ${at.toISOString()})`,
      ),
    );
    audit({ action, entity: 'invoice', entityId: id, merchantId, after: { amountMinor }, reason });
    return items.settlementView(em, id, on, true);
  });
}

/** From here on nobody else settles this document. @returns its merchant @throws NotFound also for a draft */
export async function lockItem(em: EntityManager, id: string): Promise<string> {
  const found = await firstRow<{ merchantId: string }>(
    em,
    sql`select merchant_id as "merchantId" from invoice where id = ${id} and state <> 'draft'`,
  );
  if (!found) throw new NotFound('invoice');
  await lockSettlement(em, found.merchantId);
  return found.merchantId;
}

/** Marks what became overdue by the day of business; again it changes nothing. @returns how many */
export async function markOverdue(deps: BillingDeps): Promise<number> {
  const actor = serviceActor('billing', `overdue-${uuidv7(deps.now())}`);
  return transact(deps, actor, async (em, _announce, audit) => {
    const marked = await items.markOverdue(em, todayOf(deps), AT_ONCE);
    for (const { invoiceId: entityId, merchantId, openMinor } of marked)
      audit({ action: 'invoice.overdue', entity: 'invoice', entityId, merchantId, after: { openMinor } });
    return marked.length;
  });
}
