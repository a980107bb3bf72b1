import { bind, type BoundAction } from '../../shared/moleculer/actions.ts';
import type { Worker } from '../../shared/moleculer/service.ts';
import { storageActions } from '../../shared/protocol/billing/storage-actions.ts';
import type { BillingDeps } from './billing.deps.ts';
import { recordLedgerDays } from './use-cases/storage/ledger-snapshots.ts';
import { listStorageGaps } from './use-cases/storage/list-storage-gaps.ts';
import { reconstructStorageSnapshots } from './use-cases/storage/reconstruct-storage-snapshots.ts';
import { getLineStorageEvidence, getStorageEvidence } from './use-cases/storage/storage-evidence.ts';
import { addStoragePolicy, listStoragePolicies } from './use-cases/storage/storage-policies.ts';

/** Wiring of how storage is counted and of its evidence. */
export const storageHandlers = (deps: BillingDeps): BoundAction[] =>
  bind(storageActions, {
    listStoragePolicies: (_input, actor) => listStoragePolicies(deps, actor),
    addStoragePolicy: (input, actor) => addStoragePolicy(deps, input, actor),
    listStorageGaps: (input, actor) => listStorageGaps(deps, input, actor),
    reconstructStorageSnapshots: (input, actor) => reconstructStorageSnapshots(deps, input, actor),
    getStorageEvidence: (input, actor) => getStorageEvidence(deps, input, actor),
    getLineStorageEvidence: (input, actor) => getLineStorageEvidence(deps, input, actor),
  });

/** What the clock does to storage. */
export const storageWorkers = (deps: BillingDeps): Worker[] => [
  { name: 'ledger-snapshots', everyMs: 600_000, round: () => recordLedgerDays(deps) },
];
