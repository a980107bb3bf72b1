import { addDays } from '../../../../shared/kernel/dates.ts';
import { invalidField, RuleViolation } from '../../../../shared/kernel/errors.ts';
import { uuidv7 } from '../../../../shared/kernel/ids.ts';
import { read, transact } from '../../../../shared/messaging/transact.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import type { Actor } from '../../../../shared/protocol/actor.ts';
import type { dunningActions } from '../../../../shared/protocol/billing/dunning-actions.ts';
import type { DunningRunView, DunningSettings } from '../../../../shared/protocol/billing/dunning-views.ts';
import type { InputOf, OutputOf } from '../../../../shared/protocol/define.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { newClaims } from '../../domain/dunning/claims.ts';
import { touchedBy } from '../../domain/dunning/free-money.ts';
import { missingRate, type BaseRate } from '../../domain/dunning/interest.ts';
import { judge } from '../../domain/dunning/levels.ts';
import { workingDayFrom } from '../../domain/dunning/working-days.ts';
import { baseRates, freeMoney, overdueInvoices, type Overdue } from '../../persistence/dunning/overdue.ts';
import {
  discardRun,
  insertRun,
  listRuns,
  lockRun,
  runView,
  select,
  type ProposedRow,
} from '../../persistence/dunning/runs.ts';
import { dunningSettings } from '../../persistence/dunning/settings.ts';
import { todayOf } from '../direct-debits/collection-runs.ts';

type Actions = typeof dunningActions;

/**
 * Proposes whom to dun: every overdue invoice with the level it would come to, or with what stands against it.
 * @throws InvalidInput for a day to come
 */
export async function proposeDunning(
  deps: BillingDeps,
  { asOf }: InputOf<Actions['proposeDunning']>,
  actor: Actor,
): Promise<DunningRunView> {
  const today = todayOf(deps);
  if (asOf > today) throw invalidField('asOf', 'DAY_TO_COME', 'Nobody knows yet what is open on that day');
  return transact(deps, actor, async (em, _announce, audit) => {
    const { settings } = await dunningSettings(em);
    const rates = await baseRates(em);
    const free = await freeMoney(em);
    const overdue = await overdueInvoices(em, asOf, { today, zone: deps.config.KONTOR_ZONE });
    const proposed = [...Map.groupBy(overdue, ({ merchantId }) => merchantId)].flatMap(([merchantId, invoices]) =>
      proposedRows(invoices, free.get(merchantId) ?? 0, { settings, asOf, rates }),
    );
    const id = uuidv7(deps.now());
    await insertRun(em, { id, asOf, by: actor.id, at: deps.now() }, proposed);
    audit({
      ...{ action: 'dunning.proposed', entity: 'dunning-run', entityId: id, merchantId: null },
      after: { asOf, invoices: proposed.filter(({ judgement }) => judgement.level !== null).length },
    });
    return viewOf(em, id);
  });
}

interface Terms {
  settings: DunningSettings;
  asOf: string;
  rates: readonly BaseRate[];
}

/** The invoices of a merchant; what its money would pay of, what it may not know, and what follows a letter that went astray is proposed but not selected. */
function proposedRows(invoices: readonly Overdue[], freeMinor: number, terms: Terms): ProposedRow[] {
  const judged = invoices.map((invoice) => proposedRow(invoice, terms));
  const touched = touchedBy(
    freeMinor,
    judged.filter(({ judgement }) => judgement.level !== null),
  );
  return judged.map((row) => ({ ...row, freeMinor, touched: touched.has(row.invoiceId) }));
}

function proposedRow(invoice: Overdue, { settings, asOf, rates }: Terms): Omit<ProposedRow, 'freeMinor' | 'touched'> {
  const { invoiceId, merchantId, daysOverdue, openMinor, lastLevel, lastLetter, undelivered } = invoice;
  const judgement = judge(invoice, settings, asOf);
  // what is not dunned claims as little as a reminder
  const { interestMinor } = newClaims(invoice, judgement.level ?? 0, { settings, asOf, rates });
  return {
    invoiceId,
    merchantId,
    daysOverdue,
    openMinor,
    judgement,
    lastLevel,
    interestMinor,
    lastLetter,
    undelivered,
  };
}

/** With the day from which on a base rate is missing that the interest of these invoices needs. */
export async function viewOf(em: EntityManager, id: string): Promise<DunningRunView> {
  const view = await runView(em, id);
  const dueDates = view.rows.flatMap(({ level, dueDate }) => (level ? [dueDate] : [])).toSorted();
  const from = dueDates[0] && addDays(workingDayFrom(dueDates[0]), 1);
  const { settings } = await dunningSettings(em);
  const needed = from !== undefined && settings.interest;
  return { ...view, baseRateMissing: needed ? missingRate(await baseRates(em), from, view.asOf) : null };
}

export const listDunningRuns = (
  deps: BillingDeps,
  input: InputOf<Actions['listDunningRuns']>,
  actor: Actor,
): Promise<OutputOf<Actions['listDunningRuns']>> => read(deps, actor, (em) => listRuns(em, input));

/** @throws NotFound */
export const getDunningRun = (deps: BillingDeps, { id }: { id: string }, actor: Actor): Promise<DunningRunView> =>
  read(deps, actor, (em) => viewOf(em, id));

/** @throws NotFound; InvalidInput for an invoice that is not among them, or that something stands against */
export async function selectForDunning(
  deps: BillingDeps,
  { id, invoiceIds, selected }: InputOf<Actions['selectForDunning']>,
  actor: Actor,
): Promise<DunningRunView> {
  return transact(deps, actor, async (em, _announce, audit) => {
    assertProposed(await lockRun(em, id));
    const changed = new Set((await select(em, id, invoiceIds, selected)).map((row) => row.id));
    const unknown = invoiceIds.findIndex((invoiceId) => !changed.has(invoiceId));
    if (unknown >= 0)
      throw invalidField(`invoiceIds.${unknown}`, 'NOT_DUNNABLE', 'This invoice is not to be dunned in this run');
    audit({
      ...{ action: 'dunning.selected', entity: 'dunning-run', entityId: id, merchantId: null },
      after: { invoices: changed.size, selected },
    });
    return viewOf(em, id);
  });
}

/** @throws NotFound; RuleViolation once it was issued */
export async function discardDunning(deps: BillingDeps, { id }: { id: string }, actor: Actor): Promise<DunningRunView> {
  return transact(deps, actor, async (em, _announce, audit) => {
    assertProposed(await lockRun(em, id));
    await discardRun(em, id);
    audit({ action: 'dunning.discarded', entity: 'dunning-run', entityId: id, merchantId: null });
    return viewOf(em, id);
  });
}

export function assertProposed({ state }: { state: string }): void {
  if (state !== 'proposed') throw new RuleViolation('DUNNING_STATE', `The dunning run is ${state}`, { state });
}
