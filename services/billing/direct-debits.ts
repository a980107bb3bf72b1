import { bind, type BoundAction } from '../../shared/moleculer/actions.ts';
import type { Worker } from '../../shared/moleculer/service.ts';
import { directDebitActions } from '../../shared/protocol/billing/direct-debit-actions.ts';
import type { BillingDeps } from './billing.deps.ts';
import { bookCollection } from './use-cases/direct-debits/book-collection.ts';
import { getCollectionFile } from './use-cases/direct-debits/collection-file.ts';
import {
  approveCollection,
  discardCollection,
  getCollectionRun,
  listCollectionRuns,
  removeCollectionItem,
  submitCollection,
} from './use-cases/direct-debits/collection-runs.ts';
import { holdDirectDebit, listDirectDebits, releaseDirectDebit } from './use-cases/direct-debits/direct-debits.ts';
import {
  createMandate,
  endMandate,
  getMandate,
  lapseMandates,
  listMandates,
  revokeMandate,
  unblockMandate,
} from './use-cases/direct-debits/mandates.ts';
import { proposeCollection } from './use-cases/direct-debits/propose-collection.ts';
import { returnCollection } from './use-cases/direct-debits/returns.ts';

/** Wiring of mandates and direct debits. */
export const directDebitHandlers = (deps: BillingDeps): BoundAction[] =>
  bind(directDebitActions, {
    createMandate: (input, actor) => createMandate(deps, input, actor),
    listMandates: (input, actor) => listMandates(deps, input, actor),
    getMandate: (input, actor) => getMandate(deps, input, actor),
    revokeMandate: (input, actor) => revokeMandate(deps, input, actor),
    unblockMandate: (input, actor) => unblockMandate(deps, input, actor),
    endMandate: (input, actor) => endMandate(deps, input, actor),
    listDirectDebits: (input, actor) => listDirectDebits(deps, input, actor),
    holdDirectDebit: (input, actor) => holdDirectDebit(deps, input, actor),
    releaseDirectDebit: (input, actor) => releaseDirectDebit(deps, input, actor),
    proposeCollection: (input, actor) => proposeCollection(deps, input, actor),
    listCollectionRuns: (input, actor) => listCollectionRuns(deps, input, actor),
    getCollectionRun: (input, actor) => getCollectionRun(deps, input, actor),
    removeCollectionItem: (input, actor) => removeCollectionItem(deps, input, actor),
    approveCollection: (input, actor) => approveCollection(deps, input, actor),
    getCollectionFile: (input, actor) => getCollectionFile(deps, input, actor),
    submitCollection: (input, actor) => submitCollection(deps, input, actor),
    discardCollection: (input, actor) => discardCollection(deps, input, actor),
    bookCollection: (input, actor) => bookCollection(deps, input, actor),
    returnCollection: (input, actor) => returnCollection(deps, input, actor),
  });

export const directDebitWorkers = (deps: BillingDeps): Worker[] => [
  { name: 'unused-mandates', everyMs: 3_600_000, round: () => lapseMandates(deps) },
];
