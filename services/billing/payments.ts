import { bind, type BoundAction } from '../../shared/moleculer/actions.ts';
import type { Worker } from '../../shared/moleculer/service.ts';
import { bankActions } from '../../shared/protocol/billing/bank-actions.ts';
import { creditActions } from '../../shared/protocol/billing/credit-actions.ts';
import { paymentsActions } from '../../shared/protocol/billing/payments-actions.ts';
import type { BillingDeps } from './billing.deps.ts';
import * as bank from './use-cases/payments/bank-entries.ts';
import { bookBankEntry, bookSureEntries } from './use-cases/payments/book-entry.ts';
import * as change from './use-cases/payments/change-payment.ts';
import * as credit from './use-cases/payments/credit.ts';
import { importBankStatements } from './use-cases/payments/import-statements.ts';
import * as items from './use-cases/payments/open-items.ts';
import * as payments from './use-cases/payments/payments.ts';

/** Wiring of payments, credit balances and what the bank tells. */
export const paymentsHandlers = (deps: BillingDeps): BoundAction[] => [
  ...bind(paymentsActions, {
    listPayments: (input, actor) => payments.listPayments(deps, input, actor),
    getPayment: (input, actor) => payments.getPayment(deps, input, actor),
    recordPayment: (input, actor) => payments.recordPayment(deps, input, actor),
    assignPayment: (input, actor) => change.assignPayment(deps, input, actor),
    allocatePayment: (input, actor) => payments.allocatePayment(deps, input, actor),
    unmatchPayment: (input, actor) => change.unmatchPayment(deps, input, actor),
    grantFromPayment: (input, actor) => change.grantFromPayment(deps, input, actor),
    refundPayment: (input, actor) => change.refundPayment(deps, input, actor),
    voidPayment: (input, actor) => change.voidPayment(deps, input, actor),
    listOpenItems: (input, actor) => items.listOpenItems(deps, input, actor),
    exportOpenItems: (input, actor) => items.exportOpenItems(deps, input, actor),
    listOpenAccounts: (input, actor) => items.listOpenAccounts(deps, input, actor),
    getInvoiceSettlement: (input, actor) => items.getInvoiceSettlement(deps, input, actor),
    writeOffInvoice: (input, actor) => items.writeOffInvoice(deps, input, actor),
    undoWriteOff: (input, actor) => items.undoWriteOff(deps, input, actor),
  }),
  ...bind(creditActions, {
    listCreditEntries: (input, actor) => credit.listCreditEntries(deps, input, actor),
    getCreditBalance: (input, actor) => credit.getCreditBalance(deps, input, actor),
    grantCredit: (input, actor) => credit.grantCredit(deps, input, actor),
    takeBackCredit: (input, actor) => credit.takeBackCredit(deps, input, actor),
    payOutCredit: (input, actor) => credit.payOutCredit(deps, input, actor),
    useCredit: (input, actor) => credit.useCredit(deps, input, actor),
    creditNoteToBalance: (input, actor) => credit.creditNoteToBalance(deps, input, actor),
  }),
  ...bind(bankActions, {
    importBankStatements: (input, actor) => importBankStatements(deps, input, actor),
    listBankStatements: (input, actor) => bank.listBankStatements(deps, input, actor),
    listBankEntries: (input, actor) => bank.listBankEntries(deps, input, actor),
    bookBankEntry: (input, actor) => bookBankEntry(deps, input, actor),
    bookSureEntries: (input, actor) => bookSureEntries(deps, input, actor),
    linkBankEntry: (input, actor) => bank.linkBankEntry(deps, input, actor),
    dismissBankEntry: (input, actor) => bank.dismissBankEntry(deps, input, actor),
    reopenBankEntry: (input, actor) => bank.reopenBankEntry(deps, input, actor),
  }),
];

export const paymentsWorkers = (deps: BillingDeps): Worker[] => [
  { name: 'overdue', everyMs: 60_000, round: () => items.markOverdue(deps) },
];
