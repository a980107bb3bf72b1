import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { firstRow, rows, sql } from '../../../../shared/persistence/sql.ts';
import type {
  AccountingSettings,
  AccountingSettingsView,
} from '../../../../shared/protocol/billing/accounting-settings.ts';
import { ISSUER_ID } from '../issuer.ts';

const SETTINGS = sql`consultant_number as "consultantNumber", client_number as "clientNumber", fiscal_year_start_month as "fiscalYearStartMonth",
  account_digits as "accountDigits", chart, accounts, jsonb_build_object('mode', debtor_mode, 'account', debtor_account) as debtors,
  locked, initials, correction_reference as "correctionReference", version, updated_at as "updatedAt"`;

/** `undefined` until they are set up. */
export async function findAccountingSettings(
  em: EntityManager,
  { forUpdate = false } = {},
): Promise<AccountingSettingsView | undefined> {
  const found = await firstRow<AccountingSettingsView>(
    em,
    sql`select ${SETTINGS} from accounting_settings where issuer_id = ${ISSUER_ID} ${forUpdate ? sql`for update` : sql``}`,
  );
  return found && withInstant(found);
}

export async function saveAccountingSettings(
  em: EntityManager,
  settings: AccountingSettings,
  now: Date,
): Promise<AccountingSettingsView> {
  const { consultantNumber, clientNumber, fiscalYearStartMonth, accountDigits, chart, accounts } = settings;
  const { debtors, locked, initials, correctionReference } = settings;
  const [saved] = await rows<AccountingSettingsView>(
    em,
    sql`insert into accounting_settings (issuer_id, consultant_number, client_number, fiscal_year_start_month, account_digits, chart,
          accounts, debtor_mode, debtor_account, locked, initials, correction_reference, updated_at)
        values (${ISSUER_ID}, ${consultantNumber}, ${clientNumber}, ${fiscalYearStartMonth}, ${accountDigits}, ${chart},
          ${JSON.stringify(accounts)}::jsonb, ${debtors.mode}, ${debtors.account}, ${locked}, ${initials}, ${correctionReference}, ${now.toISOString()})
        on conflict (issuer_id) do update set consultant_number = excluded.consultant_number, client_number = excluded.client_number,
          fiscal_year_start_month = excluded.fiscal_year_start_month, account_digits = excluded.account_digits, chart = excluded.chart,
          accounts = excluded.accounts, debtor_mode = excluded.debtor_mode, debtor_account = excluded.debtor_account,
          locked = excluded.locked, initials = excluded.initials,
          correction_reference = excluded.correction_reference, version = accounting_settings.version + 1, updated_at = excluded.updated_at
        returning ${SETTINGS}`,
  );
  return withInstant(saved!);
}

const withInstant = (row: AccountingSettingsView): AccountingSettingsView => ({
  ...row,
  updatedAt: new Date(row.updatedAt).toISOString(),
});
