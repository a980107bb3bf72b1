import { RuleViolation } from '../../../../shared/kernel/errors.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import type { AccountingSettings } from '../../../../shared/protocol/billing/accounting-settings.ts';
import type {
  ExportBlock,
  ExportDocument,
  ExportFinding,
  ExportKind,
  ExportSums,
} from '../../../../shared/protocol/billing/export-views.ts';
import type { Debtor } from '../../datev/debtors-file.ts';
import { tooLongOf } from '../../datev/debtors-file.ts';
import { accountOfCorrection, debtorAccount } from '../../domain/exports/debtor-accounts.ts';
import type { IssuedDocument } from '../../domain/exports/issued-document.ts';
import { daysOf, monthsOf } from '../../domain/exports/periods.ts';
import type { ReportedEntry } from '../../domain/exports/sales-list.ts';
import { entryKey, inMonthOfIssue, planExport, type Entry, type ExportPlan } from '../../domain/exports/plan-export.ts';
import { findAccountingSettings } from '../../persistence/exports/accounting-settings.ts';
import { debtorNumbers, type DebtorNumbers } from '../../persistence/exports/debtors.ts';
import {
  accountsOfOriginals,
  entriesOfPeriod,
  exportedBefore,
  type PostedOriginal,
} from '../../persistence/exports/exports.ts';
import { documentsIssued, documentsUnderReverseCharge } from '../../persistence/exports/issued-documents.ts';
import { findIssuer } from '../../persistence/issuer.ts';
import { periodFindings } from './period-findings.ts';

/** All that an export of a period is made of, as of one moment. */
export interface ExportFacts {
  kind: ExportKind;
  period: string;
  hasIssuer: boolean;
  settings: AccountingSettings | null;
  documents: IssuedDocument[];
  before: ExportDocument[];
  /** What earlier lists of the same period had, of the EC sales list alone. */
  earlier: ReportedEntry[];
  /** Of the period as a whole. */
  findings: ExportFinding[];
  debtors: DebtorNumbers[];
  /** Of corrections, where an export posted what they correct. */
  originals: PostedOriginal[];
}

export async function exportFacts(em: EntityManager, kind: ExportKind, period: string): Promise<ExportFacts> {
  const days = daysOf(period);
  const settings = (await findAccountingSettings(em)) ?? null;
  const documents =
    kind === 'ecSales'
      ? await documentsUnderReverseCharge(em, monthsOf(period), days)
      : await documentsIssued(em, days.from, days.to);
  const merchantIds = [...new Set(documents.map(({ merchantId }) => merchantId))];
  const needsDebtors = settings !== null && (kind === 'postings' || kind === 'debtors');
  return {
    ...{ kind, period, settings, documents, hasIssuer: (await findIssuer(em)) !== undefined },
    before: await exportedBefore(
      em,
      kind,
      documents.map(({ id }) => id),
    ),
    earlier: kind === 'ecSales' ? await entriesOfPeriod(em, kind, period) : [],
    findings: await periodFindings(em, kind, period),
    debtors: needsDebtors ? await debtorNumbers(em, merchantIds, settings.accountDigits + 1) : [],
    originals:
      kind === 'postings'
        ? await accountsOfOriginals(
            em,
            documents.map(({ id }) => id),
          )
        : [],
  };
}

/** What would be made of them. */
export interface PlannedExport extends ExportPlan {
  debtors: Debtor[];
}

/**
 * @param onlyNew    without what was exported before
 * @param pending    the account of merchants that have none yet, where a plan is only looked at
 * @throws Error for a merchant without account when there is no such stand-in
 */
export function planned(facts: ExportFacts, onlyNew: boolean, pending?: string): PlannedExport {
  const { kind, settings, documents, earlier } = facts;
  const known = new Set(facts.before.map(({ invoiceId, month }) => entryKey(invoiceId, month)));
  const wants = ({ document, month }: Entry) => !onlyNew || !known.has(entryKey(document.id, month));
  const byMerchant = new Map(facts.debtors.map((one) => [one.merchantId, one]));
  const accountOf = (merchantId: string) => {
    const account =
      debtorAccount(byMerchant.get(merchantId)!, settings!) ?? (pending ? { account: pending } : undefined);
    if (!account) throw new Error(`Merchant ${merchantId} has no debtor account`);
    return account;
  };
  if (kind === 'debtors') return plannedDebtors(facts, accountOf);
  const originals = new Map(facts.originals.map((one) => [one.correctionId, one]));
  const asked = new Set(documents.filter((document) => wants(inMonthOfIssue(document))).map(({ id }) => id));
  const debtorOf = ({ id, merchantId }: IssuedDocument) => {
    const original = originals.get(id);
    const posted = original && { account: original.account, isPostedAnew: asked.has(original.originalId) };
    return accountOfCorrection(accountOf(merchantId), posted, settings!);
  };
  const months = monthsOf(facts.period);
  const plan = planExport(kind, { documents, months, settings, debtorOf, earlier, wants });
  return { ...plan, findings: [...facts.findings, ...plan.findings], debtors: [] };
}

const NO_SUMS: ExportSums = { documents: 0, rows: 0, netMinor: 0, vatMinor: 0, grossMinor: 0 };

/** Master data of the merchants that a period has documents of; they are no documents themselves. */
function plannedDebtors(
  { debtors: merchants }: ExportFacts,
  accountOf: (merchantId: string) => { account: string } | { unfit: string },
): PlannedExport {
  const debtors: Debtor[] = [];
  const findings: ExportFinding[] = [];
  for (const { merchantId, merchant } of merchants) {
    const account = accountOf(merchantId);
    const found = (code: ExportFinding['code'], excluded: boolean, detail: string): void =>
      void findings.push({
        code,
        excluded,
        invoiceId: null,
        number: null,
        merchantId,
        merchantName: merchant.name,
        detail,
      });
    if ('unfit' in account) {
      found('DEBTOR_NUMBER_INVALID', true, account.unfit);
      continue;
    }
    const debtor = { account: account.account, merchant };
    for (const field of tooLongOf(debtor)) found('TEXT_CUT', false, field);
    debtors.push(debtor);
  }
  const sums = { ...NO_SUMS, rows: debtors.length };
  return { entries: [], sums, findings, postings: [], sales: [], reported: new Set(), debtors };
}

/** Why there is nothing to be made, if so. */
export function blockOf(facts: ExportFacts, plan: PlannedExport): ExportBlock | null {
  const { kind, settings, hasIssuer } = facts;
  if (!hasIssuer) return 'ISSUER_MISSING';
  if ((kind === 'postings' || kind === 'debtors') && !settings) return 'ACCOUNTING_SETTINGS_MISSING';
  if (kind === 'debtors' && settings?.debtors.mode === 'collective') return 'DEBTORS_COLLECTIVE';
  return plan.sums.rows === 0 ? 'NOTHING_TO_EXPORT' : null;
}

const WHY: Record<ExportBlock, string> = {
  ISSUER_MISSING: 'Set up the issuer first',
  ACCOUNTING_SETTINGS_MISSING: 'Say first how the books are kept',
  DEBTORS_COLLECTIVE: 'All merchants share one account, so there are no debtors to export',
  NOTHING_TO_EXPORT: 'Nothing of this period can be exported',
};

/** @throws RuleViolation of the same name */
export function assertNotBlocked(facts: ExportFacts, plan: PlannedExport): void {
  const block = blockOf(facts, plan);
  if (block) throw new RuleViolation(block, WHY[block], { findings: plan.findings.length });
}
