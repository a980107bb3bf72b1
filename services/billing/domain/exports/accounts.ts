import type { FieldError } from '../../../../shared/kernel/errors.ts';
import type {
  AccountingSettings,
  Chart,
  RevenueAccount,
} from '../../../../shared/protocol/billing/accounting-settings.ts';

type Category = RevenueAccount['category'];

/**
 * Revenue accounts of the standard charts by category and rate, for four digits. All of them post the VAT by
 * themselves. 16 and 5 % are on the accounts of 19 and 7 %, which took the lower rate of July to December 2020 by the day
 * of supply (§ 28 UStG); 8336 and 4336 are services under reverse charge in another member state, 8338 and 4338 those
 * outside of the EU.
 */
const USUAL: Record<Chart, readonly [Category, number, string][]> = {
  SKR03: [
    ...(
      [
        ['S', 1900, '8400'],
        ['S', 1600, '8400'],
        ['S', 700, '8300'],
        ['S', 500, '8300'],
      ] as const
    ).map(copy),
    ...(
      [
        ['AE', 0, '8336'],
        ['O', 0, '8338'],
        ['E', 0, '8100'],
      ] as const
    ).map(copy),
  ],
  SKR04: [
    ...(
      [
        ['S', 1900, '4400'],
        ['S', 1600, '4400'],
        ['S', 700, '4300'],
        ['S', 500, '4300'],
      ] as const
    ).map(copy),
    ...(
      [
        ['AE', 0, '4336'],
        ['O', 0, '4338'],
        ['E', 0, '4100'],
      ] as const
    ).map(copy),
  ],
};

function copy(entry: readonly [Category, number, string]): [Category, number, string] {
  return [...entry];
}

/** What most books of a chart have, with as many digits as theirs. */
export const usualAccounts = (
  chart: Chart,
  accountDigits: number,
): Pick<AccountingSettings, 'accounts' | 'debtors'> => ({
  accounts: USUAL[chart].map(([category, rateBasisPoints, account]) => ({
    ...{ category, rateBasisPoints },
    account: account.padEnd(accountDigits, '0'),
  })),
  debtors: { mode: 'perMerchant', account: '1'.padEnd(accountDigits + 1, '0') },
});

/** What is wrong with settings that have the right form: lengths, rates, and entries that are there twice. */
export function settingsErrors({ accounts, accountDigits, debtors }: AccountingSettings): FieldError[] {
  const errors: FieldError[] = [];
  const wrong = (path: string, code: string, message: string) => void errors.push({ path, code, message });
  accounts.forEach(({ category, rateBasisPoints, account }, index) => {
    const at = `accounts.${index}`;
    if (account.length !== accountDigits)
      wrong(`${at}.account`, 'ACCOUNT_LENGTH', `An account of the general ledger has ${accountDigits} digits`);
    if ((category === 'S') !== rateBasisPoints > 0)
      wrong(`${at}.rateBasisPoints`, 'RATE_OF_CATEGORY', 'Only category S has a rate, and it has one');
    if (accounts.findIndex((one) => one.category === category && one.rateBasisPoints === rateBasisPoints) < index)
      wrong(at, 'DUPLICATE', 'This category and rate have an account already');
  });
  if (debtors.account.length !== accountDigits + 1)
    wrong('debtors.account', 'ACCOUNT_LENGTH', `An account of a debtor has ${accountDigits + 1} digits`);
  return errors;
}

/** Whether a merchant's own number is one of a debtor in these books. */
export const isDebtorAccount = (number: string, accountDigits: number): boolean =>
  /^[1-6]\d+$/.test(number) && number.length === accountDigits + 1;

/** `undefined` where the settings name none. */
export const revenueAccountOf = (
  { accounts }: AccountingSettings,
  { category, rateBasisPoints }: { category: string; rateBasisPoints: number },
): string | undefined =>
  accounts.find((one) => one.category === category && one.rateBasisPoints === rateBasisPoints)?.account;
