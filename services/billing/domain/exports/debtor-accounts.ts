import { RuleViolation } from '../../../../shared/kernel/errors.ts';
import type { AccountingSettings } from '../../../../shared/protocol/billing/accounting-settings.ts';
import { isDebtorAccount } from './accounts.ts';

/** Debtors have numbers up to 69999 (for four digits of the general ledger); from 70000 on they are creditors. */
const FIRST_DIGIT_OF_CREDITORS = 7;

/**
 * Free numbers from the first one of the settings on, one per merchant.
 * @throws RuleViolation `DEBTOR_RANGE_USED_UP`
 */
export function freeAccounts(
  merchantIds: readonly string[],
  inUse: ReadonlySet<string>,
  { accountDigits, debtors }: Pick<AccountingSettings, 'accountDigits' | 'debtors'>,
): { merchantId: string; account: string }[] {
  const end = FIRST_DIGIT_OF_CREDITORS * 10 ** accountDigits;
  let next = Number(debtors.account);
  return merchantIds.map((merchantId) => {
    while (inUse.has(String(next))) next += 1;
    if (next >= end) throw new RuleViolation('DEBTOR_RANGE_USED_UP', 'There is no debtor number left', { end });
    return { merchantId, account: String(next++) };
  });
}

/**
 * The account of a correction whose original stands on another one in the books, because the debtor got another number
 * since: that of the original, as DATEV clears open items within an account only. Not where the original is posted anew
 * beside it, or its account has another length than the books have by now.
 */
export const accountOfCorrection = (
  own: { account: string } | { unfit: string },
  original: { account: string; isPostedAnew: boolean } | undefined,
  { accountDigits }: Pick<AccountingSettings, 'accountDigits'>,
): { account: string; insteadOf?: string } | { unfit: string } => {
  if (!original || original.isPostedAnew || !isDebtorAccount(original.account, accountDigits)) return own;
  if ('unfit' in own) return { account: original.account };
  return original.account === own.account ? own : { account: original.account, insteadOf: own.account };
};

/** The account of a debtor; what its record says goes before what was given, and must be fit for these books. */
export function debtorAccount(
  { own, ownIsTaken, given }: { own: string | null; ownIsTaken: boolean; given: string | null },
  { accountDigits, debtors }: Pick<AccountingSettings, 'accountDigits' | 'debtors'>,
): { account: string } | { unfit: string } | undefined {
  if (debtors.mode === 'collective') return { account: debtors.account };
  if (own !== null) return isDebtorAccount(own, accountDigits) && !ownIsTaken ? { account: own } : { unfit: own };
  return given === null ? undefined : { account: given };
}
