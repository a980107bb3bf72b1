import { addDays } from '../../../../shared/kernel/dates.ts';
import { uuidv7 } from '../../../../shared/kernel/ids.ts';
import { transact, type Audit } from '../../../../shared/messaging/transact.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import type { Actor } from '../../../../shared/protocol/actor.ts';
import type { DunningRunView, DunningSettings } from '../../../../shared/protocol/billing/dunning-views.ts';
import { RuleViolation } from '../../../../shared/kernel/errors.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { feeOf, newClaims, periodsOf } from '../../domain/dunning/claims.ts';
import { demandable } from '../../domain/dunning/earlier-claims.ts';
import { touchedBy } from '../../domain/dunning/free-money.ts';
import type { BaseRate } from '../../domain/dunning/interest.ts';
import { judge } from '../../domain/dunning/levels.ts';
import { workingDayFrom } from '../../domain/dunning/working-days.ts';
import { insertClaims, type NewClaim } from '../../persistence/dunning/claims.ts';
import { insertDemanded, openClaims } from '../../persistence/dunning/demanded-claims.ts';
import { insertLetter, insertSteps, nextLetterNumber, type IssuedStep } from '../../persistence/dunning/letters.ts';
import { baseRates, freeMoney, overdueInvoices, type Overdue } from '../../persistence/dunning/overdue.ts';
import { closeRun, lockRun, selectedRows, type SelectedRow } from '../../persistence/dunning/runs.ts';
import { dunningSettings } from '../../persistence/dunning/settings.ts';
import { findIssuer, type Issuer } from '../../persistence/issuer.ts';
import { findBillingMerchant } from '../../persistence/runs/billing-merchant.ts';
import { lockSettlement } from '../../persistence/payments/settling.ts';
import { todayOf } from '../direct-debits/collection-runs.ts';
import { countFees } from './count-fees.ts';
import { letterModel, type DunnedInvoice } from './letter-model.ts';
import { recountClaims } from './recount-claims.ts';
import { assertProposed, viewOf } from './runs.ts';

interface Issuing {
  runId: string;
  asOf: string;
  today: string;
  zone: string;
  by: string;
  at: Date;
  issuer: Issuer;
  settings: DunningSettings;
  rates: readonly BaseRate[];
}

type Arrival = Pick<Overdue, 'lastLetter' | 'undelivered'>;

/**
 * Issues the letters of a proposal, one per merchant. Each merchant is looked at once more while nobody settles its
 * invoices: what was paid, disputed, stopped or dunned meanwhile is left out, and what is open now is what the letter
 * says. The documents are drawn and mailed afterwards.
 * @throws NotFound; RuleViolation once it was issued
 */
export async function issueDunning(deps: BillingDeps, { id }: { id: string }, actor: Actor): Promise<DunningRunView> {
  const view = await transact(deps, actor, async (em, _announce, audit) => {
    const run = await lockRun(em, id);
    assertProposed(run);
    const issuer = await findIssuer(em);
    if (!issuer) throw new RuleViolation('ISSUER_MISSING', 'Say first who issues the invoices: PUT /issuer');
    const { settings } = await dunningSettings(em);
    const issuing: Issuing = {
      ...{ runId: id, asOf: run.asOf, today: todayOf(deps), by: actor.id, at: deps.now(), issuer, settings },
      zone: deps.config.KONTOR_ZONE,
      rates: await baseRates(em, { kept: true }),
    };
    const issued: string[] = [];
    for (const [merchantId, rows] of Map.groupBy(await selectedRows(em, id), ({ merchantId: whose }) => whose))
      issued.push(...(await issueLetter(em, audit, issuing, merchantId, rows)));
    await closeRun(em, id, issued, { by: actor.id, at: deps.now() });
    audit({
      ...{ action: 'dunning.issued', entity: 'dunning-run', entityId: id, merchantId: null },
      after: { invoices: issued.length },
    });
    return viewOf(em, id);
  });
  deps.wakers.get('dunning-letters')?.();
  return view;
}

/** @returns the invoices that stand on the letter; none when nothing is left of them */
async function issueLetter(
  em: EntityManager,
  audit: Audit,
  issuing: Issuing,
  merchantId: string,
  rows: readonly SelectedRow[],
): Promise<string[]> {
  await lockSettlement(em, merchantId);
  await recountClaims({ em, audit }, merchantId, issuing, issuing.rates);
  const wanted = new Map(rows.map((row) => [row.invoiceId, row]));
  const due = (await overdueInvoices(em, issuing.asOf, issuing, merchantId)).filter((invoice) => {
    const row = wanted.get(invoice.invoiceId);
    return row && judge(invoice, issuing.settings, issuing.asOf).level === row.level && arrivedOrSeen(invoice, row);
  });
  const free = (await freeMoney(em, merchantId)).get(merchantId) ?? 0;
  // money that nobody saw when they chose pays of it first
  const touched = free > rows[0]!.freeMinor ? touchedBy(free, due) : new Set<string>();
  const dunned = due
    .filter(({ invoiceId }) => !touched.has(invoiceId))
    .map((invoice) => withClaims(invoice, wanted.get(invoice.invoiceId)!.level, issuing));
  if (!dunned.length) return [];
  await writeLetter(em, audit, issuing, merchantId, await countFees({ em, audit }, merchantId, issuing, dunned));
  return dunned.map(({ invoiceId }) => invoiceId);
}

/** That the invoice or the letter before went astray is for finance to see first. */
const arrivedOrSeen = (now: Arrival, seen: Arrival): boolean =>
  (now.lastLetter === null || now.lastLetter === seen.lastLetter) &&
  (now.undelivered === null || now.undelivered === seen.undelivered);

const withClaims = (invoice: Overdue, level: number, issuing: Issuing): DunnedInvoice => ({
  ...invoice,
  level,
  ...newClaims(invoice, level, issuing),
});

async function writeLetter(
  em: EntityManager,
  audit: Audit,
  issuing: Issuing,
  merchantId: string,
  dunned: readonly DunnedInvoice[],
): Promise<void> {
  const { runId, asOf, today, at, issuer, settings, rates } = issuing;
  const level = Math.max(...dunned.map((invoice) => invoice.level));
  const feeMinor = feeOf(settings.levels[level]!.feeMinor, dunned);
  // a letter of several levels gives the time of the most patient one
  const payWithinDays = Math.max(...dunned.map((invoice) => settings.levels[invoice.level]!.payWithinDays));
  const { snapshot } = await findBillingMerchant(em, merchantId, today);
  const id = uuidv7(at);
  const payBy = workingDayFrom(addDays(today, payWithinDays));
  const number = await nextLetterNumber(em, merchantId, snapshot.number);
  const earlier = demandable(await openClaims(em, merchantId, issuing), today);
  const model = letterModel({
    ...{ issuer, merchant: snapshot, dunned, earlier },
    periodsOf: (bearing) => periodsOf(bearing, asOf, rates),
    head: { number, level, issueDate: today, asOf, payBy, feeMinor },
  });
  await insertLetter(em, { id, runId, merchantId, model });
  const steps = dunned.map(({ invoiceId, openMinor, interestMinor, ...step }): IssuedStep => ({
    ...{ invoiceId, level: step.level, openMinor, interestMinor },
  }));
  await insertSteps(em, { merchantId, letterId: id, on: today, payBy }, steps);
  await insertDemanded(em, { merchantId, letterId: id }, earlier);
  await insertClaims(em, { merchantId, letterId: id, on: today, at }, claimsOf(dunned, feeMinor));
  audit({
    ...{ action: 'dunning.letter-issued', entity: 'dunning-letter', entityId: id, merchantId },
    after: { number, level, invoices: steps.length, totalMinor: model.totalMinor },
  });
}

function claimsOf(dunned: readonly DunnedInvoice[], feeMinor: number): NewClaim[] {
  const claims = dunned.flatMap(({ invoiceId, interestMinor, lumpSumMinor }): NewClaim[] => [
    { invoiceId, kind: 'interest', amountMinor: interestMinor },
    { invoiceId, kind: 'lumpSum', amountMinor: lumpSumMinor },
  ]);
  return [...claims, { invoiceId: null, kind: 'fee' as const, amountMinor: feeMinor }].filter(
    ({ amountMinor }) => amountMinor > 0,
  );
}
