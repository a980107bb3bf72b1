import { addressLinesOf } from '../../../shared/kernel/address-lines.ts';
import { localDateOf } from '../../../shared/kernel/dates.ts';
import { RuleViolation } from '../../../shared/kernel/errors.ts';
import { uuidOf } from '../../../shared/kernel/ids.ts';
import { read, transact } from '../../../shared/messaging/transact.ts';
import { serviceActor, type Actor } from '../../../shared/protocol/actor.ts';
import { pricingActions } from '../../../shared/protocol/billing/pricing-actions.ts';
import type { InputOf, OutputOf } from '../../../shared/protocol/define.ts';
import { notificationsActions } from '../../../shared/protocol/notifications/actions.ts';
import type { returnsActions } from '../../../shared/protocol/returns/actions.ts';
import { slipMail } from '../announcements/slip-mail.ts';
import type { ReturnSlip } from '../documents/return-slip-model.ts';
import { reasonsOf, reasonText } from '../domain/default-reasons.ts';
import type { Return } from '../domain/model.ts';
import { assertReturnIs, BEFORE_ARRIVAL } from '../domain/return-states.ts';
import { findMerchant, type MerchantRef } from '../persistence/merchants.ts';
import { findReturn } from '../persistence/returns.ts';
import type { ReturnsDeps } from '../returns.deps.ts';

type Actions = typeof returnsActions;

/** What a scanner reads surely from a bar code of 78 mm. */
const SCANNABLE = /^[\x21-\x7e]{1,20}$/;

/**
 * The sheet a consumer puts into the parcel (C13), in the merchant's language unless another one is asked for.
 * @throws NotFound @throws RuleViolation `RETURN_STATE_NOT_ALLOWED` once the goods are here, `RETURN_MERCHANT_UNKNOWN`
 */
export async function getReturnSlip(
  deps: ReturnsDeps,
  { id, language }: InputOf<Actions['getReturnSlip']>,
  actor: Actor,
): Promise<OutputOf<Actions['getReturnSlip']>> {
  const facts = await slipFacts(deps, id, actor);
  const slip = slipOf(facts, language ?? facts.merchant.language, localDateOf(deps.now(), deps.config.KONTOR_ZONE));
  const pdf = await deps.documents.render({ kind: 'returnSlip', slip });
  const { key } = await deps.store.putContent('return-slips', pdf, 'pdf');
  const name = slip.language === 'de' ? 'Ruecksendeschein' : 'return-slip';
  const filename = `${name}-${facts.parcel.number}.pdf`;
  return { objectKey: key, contentType: 'application/pdf', filename, disposition: 'inline' };
}

/**
 * Mails the consumer of the order a link to the sheet; asked for again on the same day, it is the same mail.
 * @throws InvalidInput `NO_ADDRESS`; further errors as {@link getReturnSlip}
 */
export async function sendReturnSlip(
  deps: ReturnsDeps,
  { id, language }: InputOf<Actions['sendReturnSlip']>,
  actor: Actor,
): Promise<OutputOf<Actions['sendReturnSlip']>> {
  const facts = await slipFacts(deps, id, actor);
  const { parcel, merchant, addressLines } = facts;
  const zone = deps.config.KONTOR_ZONE;
  const spoken = language ?? merchant.language;
  const { url, endsAt } = deps.slipLinks(id, spoken);
  const endsOn = localDateOf(endsAt, zone);
  const { id: messageId } = await deps.call(
    notificationsActions.sendMessage,
    {
      ...slipMail({ shop: merchant.name, code: codeOf(parcel), addressLines, url, endsOn }, spoken),
      id: uuidOf('return-slip', id, spoken, localDateOf(deps.now(), zone)),
      ...{ to: 'consumer', merchantId: parcel.merchantId!, about: { type: 'return', id }, language: spoken },
    },
    serviceActor('returns', actor.requestId),
  );
  return transact(deps, actor, async (_em, _announce, audit) => {
    audit({
      ...{ action: 'return.slip-sent' as const, entity: 'return', entityId: id, merchantId: parcel.merchantId },
      after: { messageId, language: spoken },
    });
    return { messageId, linkEndsOn: endsOn };
  });
}

interface SlipFacts {
  parcel: Return;
  merchant: MerchantRef;
  /** The merchant's name, then the house, which is who issues the invoices: one place to keep name and address. */
  addressLines: string[];
}

async function slipFacts(deps: ReturnsDeps, id: string, actor: Actor): Promise<SlipFacts> {
  const facts = await read(deps, actor, async (em) => {
    const { parcel } = await findReturn(em, id);
    assertReturnIs(parcel, BEFORE_ARRIVAL, 'given a slip');
    if (parcel.merchantId === null) throw new RuleViolation('RETURN_MERCHANT_UNKNOWN', 'Say first whose return it is');
    return { parcel, merchant: (await findMerchant(em, parcel.merchantId))! };
  });
  const { profile } = await deps.call(pricingActions.getIssuer, {}, serviceActor('returns', actor.requestId));
  return { ...facts, addressLines: [facts.merchant.name, `c/o ${profile.name}`, ...addressLinesOf(profile.address)] };
}

const codeOf = ({ externalNumber, number }: Return): string =>
  externalNumber !== null && SCANNABLE.test(externalNumber) ? externalNumber : number;

function slipOf(
  { parcel, merchant, addressLines }: SlipFacts,
  language: 'de' | 'en',
  printedOn: ReturnSlip['printedOn'],
): ReturnSlip {
  const reasons = reasonsOf(merchant.reasons);
  const forConsumers = reasons.filter(({ kinds }) => kinds?.includes(parcel.kind) ?? merchant.reasons.length > 0);
  return {
    ...{ language, printedOn, addressLines },
    code: codeOf(parcel),
    returnNumber: parcel.number,
    orderNumber: parcel.orderNumber,
    shop: merchant.name,
    items: parcel.items.map((item) => ({
      articleCode: item.sku ?? '',
      articleName: item.name,
      quantity: item.quantity,
      reason: reasonText(reasons, item.reason)?.[language] ?? item.externalReason,
    })),
    reasons: forConsumers.map((reason) => reason[language]),
  };
}
