import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { STORAGE, storageCharges } from '../../domain/charge-types/storage.ts';
import { findLines, findMismeasuredDays, type MismeasuredDay } from '../../persistence/storage.ts';
import { chargeCorrectable } from '../charges/charge-facts.ts';

/** A day has up to some thousand lines. */
const DAYS_AT_ONCE = 50;

type Deps = Pick<BillingDeps, 'rules' | 'now'>;

/**
 * Measures recorded days again after the contracts of their merchants changed: a method agreed afterwards makes the
 * charges that are missing, another one replaces those that are not billed. The caller has taken the rate book.
 */
export async function correctStorage(em: EntityManager, deps: Deps, merchantIds: readonly string[]): Promise<void> {
  if (!merchantIds.length) return;
  const days = await findMismeasuredDays(em, merchantIds);
  for (let start = 0; start < days.length; start += DAYS_AT_ONCE)
    await chargeAgain(em, deps, days.slice(start, start + DAYS_AT_ONCE));
}

async function chargeAgain(em: EntityManager, deps: Deps, days: readonly MismeasuredDay[]): Promise<void> {
  const lines = await findLines(
    em,
    days.map(({ headerId }) => headerId),
  );
  const facts = days.flatMap(({ method, ...day }) =>
    method === null ? [] : storageCharges({ ...day, lines: lines.get(day.headerId) ?? [] }, method),
  );
  const measured = new Set(facts.map(({ sourceEvent }) => sourceEvent));
  // a day that was worth nothing and still is makes no revision
  const corrected = days.filter(({ headerId, isCharged }) => isCharged || measured.has(headerId));
  await chargeCorrectable(
    deps,
    em,
    STORAGE,
    corrected.map(({ headerId, merchantId, revision }) => ({ sourceEvent: headerId, merchantId, revision })),
    facts,
  );
}
