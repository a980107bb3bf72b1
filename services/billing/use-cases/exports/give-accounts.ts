import { transact } from '../../../../shared/messaging/transact.ts';
import type { Actor } from '../../../../shared/protocol/actor.ts';
import type { ExportKind } from '../../../../shared/protocol/billing/export-views.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { debtorAccount, freeAccounts } from '../../domain/exports/debtor-accounts.ts';
import { accountsInUse, giveDebtorAccounts, lockDebtorAccounts } from '../../persistence/exports/debtors.ts';
import { exportFacts } from './export-facts.ts';

/**
 * Gives a debtor number to each merchant of a period that has none, for good. A transaction of its own: the file is made
 * after it, and an export that fails afterwards leaves numbers that the next one uses.
 * @throws RuleViolation `DEBTOR_RANGE_USED_UP`
 */
export async function giveMissingAccounts(
  deps: BillingDeps,
  { kind, period }: { kind: ExportKind; period: string },
  { idempotency: _, ...actor }: Actor,
): Promise<void> {
  await transact(deps, actor, async (em, _announce, audit) => {
    await lockDebtorAccounts(em);
    const { settings, debtors } = await exportFacts(em, kind, period);
    if (!settings) return;
    const missing = debtors.filter((one) => debtorAccount(one, settings) === undefined);
    if (!missing.length) return;
    const inUse = await accountsInUse(em, settings.accountDigits + 1);
    const given = freeAccounts(
      missing.map(({ merchantId }) => merchantId),
      inUse,
      settings,
    );
    await giveDebtorAccounts(em, given, deps.now());
    for (const { merchantId, account } of given)
      audit({
        action: 'debtor-account.given',
        entity: 'merchant',
        entityId: merchantId,
        merchantId,
        after: { account },
      });
  });
}
