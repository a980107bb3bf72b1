import { localDateOf } from '../../../shared/kernel/dates.ts';
import { addressLinesOf } from '../../../shared/kernel/address-lines.ts';
import { RuleViolation } from '../../../shared/kernel/errors.ts';
import { read } from '../../../shared/messaging/transact.ts';
import { serviceActor, type Actor } from '../../../shared/protocol/actor.ts';
import { pricingActions } from '../../../shared/protocol/billing/pricing-actions.ts';
import type { InputOf, OutputOf } from '../../../shared/protocol/define.ts';
import type { returnsActions } from '../../../shared/protocol/returns/actions.ts';
import type { ReturnSlip } from '../documents/return-slip-model.ts';
import { reasonsOf, reasonText } from '../domain/default-reasons.ts';
import type { Return } from '../domain/model.ts';
import { assertReturnIs, BEFORE_ARRIVAL } from '../domain/return-states.ts';
import { findMerchant, type MerchantRef } from '../persistence/merchants.ts';
import { findReturn } from '../persistence/returns.ts';
import type { ReturnsDeps } from '../returns.deps.ts';

/** What a scanner reads surely from a bar code of 78 mm. */
const SCANNABLE = /^[\x21-\x7e]{1,20}$/;

/**
 * The sheet a consumer puts into the parcel (C13), in the merchant's language unless another one is asked for.
 * @throws NotFound @throws RuleViolation `RETURN_STATE_NOT_ALLOWED` once the goods are here, `RETURN_MERCHANT_UNKNOWN`
 */
export async function getReturnSlip(
  deps: ReturnsDeps,
  { id, language }: InputOf<typeof returnsActions.getReturnSlip>,
  actor: Actor,
): Promise<OutputOf<typeof returnsActions.getReturnSlip>> {
  const { parcel, merchant } = await read(deps, actor, async (em) => {
    const found = await findReturn(em, id);
    assertReturnIs(found.parcel, BEFORE_ARRIVAL, 'given a slip');
    if (found.parcel.merchantId === null)
      throw new RuleViolation('RETURN_MERCHANT_UNKNOWN', 'Say first whose return it is');
    return { parcel: found.parcel, merchant: (await findMerchant(em, found.parcel.merchantId))! };
  });
  // the house is who issues the invoices: one place to keep name and address
  const { profile } = await deps.call(pricingActions.getIssuer, {}, serviceActor('returns', actor.requestId));
  const house = [`c/o ${profile.name}`, ...addressLinesOf(profile.address)];
  const printedOn = localDateOf(deps.now(), deps.config.KONTOR_ZONE);
  const slip = slipOf(parcel, merchant, { house, printedOn, language: language ?? merchant.language });
  const pdf = await deps.documents.render({ kind: 'returnSlip', slip });
  const { key } = await deps.store.putContent('return-slips', pdf, 'pdf');
  const name = slip.language === 'de' ? 'Ruecksendeschein' : 'return-slip';
  const filename = `${name}-${parcel.number}.pdf`;
  return { objectKey: key, contentType: 'application/pdf', filename, disposition: 'inline' };
}

function slipOf(
  parcel: Return,
  merchant: MerchantRef,
  { house, printedOn, language }: { house: string[] } & Pick<ReturnSlip, 'printedOn' | 'language'>,
): ReturnSlip {
  const reasons = reasonsOf(merchant.reasons);
  const forConsumers = reasons.filter(({ kinds }) => kinds?.includes(parcel.kind) ?? merchant.reasons.length > 0);
  return {
    language,
    printedOn,
    code:
      parcel.externalNumber !== null && SCANNABLE.test(parcel.externalNumber) ? parcel.externalNumber : parcel.number,
    returnNumber: parcel.number,
    orderNumber: parcel.orderNumber,
    shop: merchant.name,
    addressLines: [merchant.name, ...house],
    items: parcel.items.map((item) => ({
      articleCode: item.sku ?? '',
      articleName: item.name,
      quantity: item.quantity,
      reason: reasonText(reasons, item.reason)?.[language] ?? item.externalReason,
    })),
    reasons: forConsumers.map((reason) => reason[language]),
  };
}
