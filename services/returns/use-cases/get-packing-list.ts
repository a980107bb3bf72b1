import { addressLinesOf } from '../../../shared/kernel/address-lines.ts';
import { RuleViolation } from '../../../shared/kernel/errors.ts';
import { read } from '../../../shared/messaging/transact.ts';
import { serviceActor, type Actor } from '../../../shared/protocol/actor.ts';
import type { IssuerProfile } from '../../../shared/protocol/billing/issuer.ts';
import { pricingActions } from '../../../shared/protocol/billing/pricing-actions.ts';
import type { InputOf, OutputOf } from '../../../shared/protocol/define.ts';
import type { returnsActions } from '../../../shared/protocol/returns/actions.ts';
import type { PackedPiece, PackingList } from '../documents/packing-list-model.ts';
import { reasonsOf, reasonText } from '../domain/default-reasons.ts';
import { labelCode } from '../domain/label-code.ts';
import { packedForMerchant } from '../batch-views.ts';
import { itemsOfBatch, type PackedItem } from '../persistence/batch-contents.ts';
import { findBatch, type Batch } from '../persistence/batches.ts';
import { findMerchant, type MerchantRef } from '../persistence/merchants.ts';
import type { ReturnsDeps } from '../returns.deps.ts';

/**
 * The list that travels with a closed batch. Drawn when it is asked for: the carrier is known only later, and the
 * same content is stored once.
 * @throws NotFound for the batch @throws RuleViolation `RTV_BATCH_OPEN`
 */
export async function getPackingList(
  deps: ReturnsDeps,
  { id }: InputOf<typeof returnsActions.getPackingList>,
  actor: Actor,
): Promise<OutputOf<typeof returnsActions.getPackingList>> {
  const facts = await read(deps, actor, async (em) => {
    const batch = await findBatch(em, id);
    if (!batch.closedOn) throw new RuleViolation('RTV_BATCH_OPEN', 'Close the batch first');
    return {
      batch,
      items: await itemsOfBatch(em, id),
      merchant: (await findMerchant(em, batch.merchantId))!,
    };
  });
  // the fulfiller is who issues the invoices: one place to keep name and address
  const { profile } = await deps.call(pricingActions.getIssuer, {}, serviceActor('returns', actor.requestId));
  const pieces: PackedPiece[] = [];
  for (const item of facts.items) pieces.push(await pieceOf(deps, packedForMerchant(item), facts.merchant));
  const list = await deps.documents.render({
    kind: 'packingList',
    list: { ...headOf(facts.batch, facts.merchant, profile), pieces },
  });
  const { key } = await deps.store.putContent('packing-lists', list, 'pdf');
  const filename = `${facts.merchant.language === 'de' ? 'Packliste' : 'packing-list'}-${facts.batch.number}.pdf`;
  return { objectKey: key, contentType: 'application/pdf', filename, disposition: 'inline' };
}

function headOf(batch: Batch, merchant: MerchantRef, issuer: IssuerProfile): Omit<PackingList, 'pieces'> {
  const to = merchant.rtvAddress ?? merchant.address;
  return {
    language: merchant.language,
    batchNumber: batch.number,
    code: labelCode('batch', batch.labelNumber),
    closedOn: batch.closedOn!,
    fulfiller: {
      name: issuer.name,
      addressLines: addressLinesOf(issuer.address),
      ...(issuer.phone ? { phone: issuer.phone } : {}),
      ...(issuer.email ? { email: issuer.email } : {}),
    },
    merchant: { merchantNumber: merchant.number, name: to.name, addressLines: addressLinesOf(to) },
    ...(batch.dispatchedOn
      ? {
          dispatch: {
            carrier: batch.carrier!,
            trackingNumbers: [batch.trackingNumber!],
            parcels: batch.parcels!,
            weightGrams: batch.weightGrams!,
            dispatchedOn: batch.dispatchedOn,
          },
        }
      : {}),
  };
}

async function pieceOf(deps: ReturnsDeps, item: PackedItem, { language, reasons }: MerchantRef): Promise<PackedPiece> {
  return {
    articleCode: item.sku ?? '',
    articleName: item.name,
    ...(item.foreign ? { foreign: true as const } : {}),
    quantity: item.quantity,
    grade: item.grade!,
    reason: reasonText(reasonsOf(reasons), item.reason)?.[language] ?? item.reason ?? '',
    ...(item.note ? { note: item.note } : {}),
    serialNumbers: item.serialNumbers,
    ...(item.batchNumber === null ? {} : { batchNumber: item.batchNumber }),
    returnNumber: item.returnNumber,
    ...(item.orderNumber === null ? {} : { orderNumber: item.orderNumber }),
    ...(item.photo ? { photo: await deps.store.read(item.photo.thumbKey), photos: item.photoCount } : {}),
  };
}
