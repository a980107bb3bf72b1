import { readFile } from 'node:fs/promises';
import { imageTypeOf } from '../../../shared/images/image-type.ts';
import { withPicture } from '../../../shared/images/keep-picture.ts';
import { AppError, InvalidInput, NotFound, RuleViolation } from '../../../shared/kernel/errors.ts';
import { read } from '../../../shared/messaging/transact.ts';
import type { Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf, OutputOf, UploadedFile } from '../../../shared/protocol/define.ts';
import type { returnsActions } from '../../../shared/protocol/returns/actions.ts';
import type { BatchView } from '../../../shared/protocol/returns/batch-views.ts';
import { takingUpload } from '../../../shared/storage/taken-upload.ts';
import type { BatchState } from '../domain/batch-states.ts';
import { findBatch, type Batch } from '../persistence/batches.ts';
import type { ReturnsDeps } from '../returns.deps.ts';
import { changeBatch } from './batch-steps.ts';
import { momentOf } from './steps.ts';

type Actions = typeof returnsActions;

/** While the contents are fixed and the parcels may still be here, or a label must be printed again. */
const LABELLED: readonly BatchState[] = ['closing', 'packed', 'dispatched'];

/**
 * Keeps the label of the carrier for a batch, in place of an earlier one. A picture is decoded in a child and put on
 * a page, so that what is printed is always a PDF.
 * @throws NotFound @throws RuleViolation `RTV_BATCH_NOT_LABELLED`
 * @throws AppError 415 `LABEL_TYPE_NOT_SUPPORTED`; what the image processor refuses
 * @throws InvalidInput `FILE_EMPTY`, `PDF_DAMAGED`
 */
export function addCarrierLabel(
  deps: ReturnsDeps,
  { id, file }: InputOf<Actions['addCarrierLabel']>,
  actor: Actor,
): Promise<BatchView> {
  return takingUpload(deps, file, async () => {
    const batch = await read(deps, actor, (em) => findBatch(em, id));
    assertLabelled(batch);
    const pdf = await asPdf(deps, file, batch, actor);
    const { key } = await deps.store.putContent('carrier-labels', pdf, 'pdf');
    return await changeBatch(deps, actor, id, 'rtv-batch.carrier-label-added', ({ batch: locked }) => {
      assertLabelled(locked);
      locked.carrierLabelKey = key;
      return { detail: { key } };
    });
  });
}

/** The label of the carrier as PDF. @throws NotFound for the batch, or while it has none */
export const getCarrierLabel = (
  deps: ReturnsDeps,
  { id }: InputOf<Actions['getCarrierLabel']>,
  actor: Actor,
): Promise<OutputOf<Actions['getCarrierLabel']>> =>
  read(deps, actor, async (em) => {
    const { carrierLabelKey, number } = await findBatch(em, id);
    if (!carrierLabelKey) throw new NotFound('carrier label');
    return {
      objectKey: carrierLabelKey,
      contentType: 'application/pdf',
      filename: `label-${number}.pdf`,
      // made by a stranger: it is not opened within our pages
      disposition: 'attachment' as const,
    };
  });

function assertLabelled({ state }: Batch): void {
  if (!LABELLED.includes(state))
    throw new RuleViolation('RTV_BATCH_NOT_LABELLED', `A batch that is ${state} gets no label of a carrier`, { state });
}

async function asPdf(deps: ReturnsDeps, file: UploadedFile, { number }: Batch, actor: Actor): Promise<Buffer> {
  const bytes = await deps.store.read(file.uploadKey);
  if (bytes.subarray(0, 5).toString('latin1') === '%PDF-') {
    assertWholePdf(bytes);
    return bytes;
  }
  assertPicture(bytes);
  const jpeg = await withPicture(deps, file, ({ full }) => readFile(full.path));
  return deps.documents.render({
    kind: 'pictureLabel',
    label: { batchNumber: number, addedOn: momentOf(deps, actor).on, jpeg },
  });
}

/** Only the pictures that carriers make: what else is one, is a photo that came to the wrong place. */
function assertPicture(bytes: Buffer): void {
  try {
    if (imageTypeOf(bytes) !== 'webp') return;
  } catch (error) {
    if (error instanceof InvalidInput) throw error;
  }
  throw new AppError(415, 'LABEL_TYPE_NOT_SUPPORTED', 'Labels may be PDF, PNG or JPEG', {
    allowed: ['application/pdf', 'image/png', 'image/jpeg'],
  });
}

const TRAILER_WITHIN_BYTES = 1_024;

/** A file that was cut off on its way lacks its end; a printer would find that out too late. */
function assertWholePdf(bytes: Buffer): void {
  const end = bytes.subarray(-TRAILER_WITHIN_BYTES).toString('latin1');
  if (!/startxref\s+\d+\s+%%EOF\s*$/.test(end))
    throw new InvalidInput([{ path: 'file', code: 'PDF_DAMAGED', message: 'The PDF is damaged or incomplete' }]);
}
