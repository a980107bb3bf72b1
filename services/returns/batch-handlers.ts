import type { Handlers } from '../../shared/moleculer/actions.ts';
import type { Worker } from '../../shared/moleculer/service.ts';
import type { announcementActions } from '../../shared/protocol/returns/announcement-actions.ts';
import type { batchActions } from '../../shared/protocol/returns/batch-actions.ts';
import type { labelActions } from '../../shared/protocol/returns/label-actions.ts';
import type { ReturnsDeps } from './returns.deps.ts';
import { accrueQuarantine } from './use-cases/accrue-quarantine.ts';
import { changeAnnouncedItems } from './use-cases/announce-items.ts';
import { cancelBatch } from './use-cases/cancel-batch.ts';
import { addCarrierLabel, getCarrierLabel } from './use-cases/carrier-label.ts';
import { closeDueBatches } from './use-cases/close-due-batches.ts';
import { disputeBatch, resolveBatch } from './use-cases/dispute-batch.ts';
import { getBatch, listBatches } from './use-cases/find-batches.ts';
import { getAnnouncementTemplate } from './use-cases/get-announcement-template.ts';
import { getPackingList } from './use-cases/get-packing-list.ts';
import { importAnnouncements } from './use-cases/import-announcements.ts';
import { getBatchLabel, getItemLabel, getReturnLabels } from './use-cases/labels.ts';
import { closeBatch, confirmBatch, deliverBatch, dispatchBatch } from './use-cases/move-batch.ts';
import { checkBatchItem, packBatch } from './use-cases/pack-batch.ts';
import { removeFromBatch } from './use-cases/remove-from-batch.ts';
import { getReturnSlip, sendReturnSlip } from './use-cases/return-slip.ts';

type Actions = typeof batchActions & typeof labelActions & typeof announcementActions;

/** The use cases of what goes back to merchants, of labels, and of what merchants announce by file. */
export const batchHandlers = (deps: ReturnsDeps): Handlers<Actions> => ({
  listBatches: (input, actor) => listBatches(deps, input, actor),
  getBatch: (input, actor) => getBatch(deps, input, actor),
  closeBatch: (input, actor) => closeBatch(deps, input, actor),
  removeFromBatch: (input, actor) => removeFromBatch(deps, input, actor),
  checkBatchItem: (input, actor) => checkBatchItem(deps, input, actor),
  packBatch: (input, actor) => packBatch(deps, input, actor),
  cancelBatch: (input, actor) => cancelBatch(deps, input, actor),
  dispatchBatch: (input, actor) => dispatchBatch(deps, input, actor),
  deliverBatch: (input, actor) => deliverBatch(deps, input, actor),
  confirmBatch: (input, actor) => confirmBatch(deps, input, actor),
  disputeBatch: (input, actor) => disputeBatch(deps, input, actor),
  resolveBatch: (input, actor) => resolveBatch(deps, input, actor),
  addCarrierLabel: (input, actor) => addCarrierLabel(deps, input, actor),
  getCarrierLabel: (input, actor) => getCarrierLabel(deps, input, actor),
  getPackingList: (input, actor) => getPackingList(deps, input, actor),
  getItemLabel: (input, actor) => getItemLabel(deps, input, actor),
  getReturnLabels: (input, actor) => getReturnLabels(deps, input, actor),
  getBatchLabel: (input, actor) => getBatchLabel(deps, input, actor),
  importAnnouncements: (input, actor) => importAnnouncements(deps, input, actor),
  getAnnouncementTemplate: (input) => getAnnouncementTemplate(deps, input),
  changeAnnouncedItems: (input, actor) => changeAnnouncedItems(deps, input, actor),
  getReturnSlip: (input, actor) => getReturnSlip(deps, input, actor),
  getLinkedSlip: (input, actor) => getReturnSlip(deps, input, actor),
  sendReturnSlip: (input, actor) => sendReturnSlip(deps, input, actor),
});

/** What the clock does with batches and with goods in quarantine. */
export const batchWorkers = (deps: ReturnsDeps): Worker[] => [
  { name: 'close-batches', everyMs: 60_000, round: () => closeDueBatches(deps) },
  { name: 'accrue-quarantine', everyMs: 60_000, round: () => accrueQuarantine(deps) },
];
