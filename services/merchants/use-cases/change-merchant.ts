import { localDateOf } from '../../../shared/kernel/dates.ts';
import { transact } from '../../../shared/messaging/transact.ts';
import { assertHouse, assertVersion, type Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../shared/protocol/define.ts';
import type { DatedTaxes } from '../../../shared/protocol/merchants/dated-taxes.ts';
import type { merchantsActions } from '../../../shared/protocol/merchants/actions.ts';
import type { MerchantView } from '../../../shared/protocol/merchants/merchant-fields.ts';
import { withTreatment } from '../domain/dated-taxes.ts';
import { assertMerchantFits, assertStatusChange, type MerchantFacts } from '../domain/merchant-rules.ts';
import type { MerchantsDeps } from '../merchants.deps.ts';
import { findMerchant, merchantView, type MerchantRow } from '../persistence/merchant.ts';
import { announceMerchant } from '../persistence/snapshot.ts';
import { changedFields } from './acting.ts';
import { translateTaken } from './create-merchant.ts';

type MerchantChange = InputOf<typeof merchantsActions.changeMerchant>;
type GivenChange = Omit<MerchantChange, 'id' | 'reason' | 'taxTreatmentFrom' | 'taxTreatment'>;

/**
 * Changes the fields that are given. What a finalized document says stays: it holds its own copy.
 * @throws InvalidInput when the record as a whole would not fit, RuleViolation for a status or a taken number
 */
export async function changeMerchant(deps: MerchantsDeps, input: MerchantChange, actor: Actor): Promise<MerchantView> {
  assertHouse(actor);
  const { id, reason, taxTreatmentFrom, ...given } = input;
  return translateTaken(() =>
    transact(deps, actor, async (em, announce, audit) => {
      const merchant = await findMerchant(em, id, true);
      assertVersion(actor, merchant.version);
      assertStatusChange(merchant.status, given.status ?? merchant.status);
      const today = localDateOf(deps.now(), deps.config.KONTOR_ZONE);
      const taxes = withTreatment(merchant, { treatment: given.taxTreatment, from: taxTreatmentFrom }, today);
      const change = { ...given, ...taxes };
      const changed = changedFields(merchant, change);
      if (!changed) return merchantView(merchant, actor);
      const before = factsOf(merchant);
      apply(merchant, change);
      assertMerchantFits(factsOf(merchant), before);
      merchant.updatedAt = deps.now();
      await announceMerchant(em, announce, id);
      audit({
        action: 'merchant.changed',
        entity: 'merchant',
        entityId: id,
        merchantId: id,
        ...changed,
        ...(reason === undefined ? {} : { reason }),
      });
      return merchantView(merchant, actor);
    }),
  );
}

const factsOf = (merchant: MerchantRow): MerchantFacts => ({
  ...merchant,
  vatId: merchant.vatId ?? null,
  exemptionReason: merchant.exemptionReason ?? null,
  buyerReference: merchant.buyerReference ?? null,
});

/** Field by field: nothing that is not listed can be changed from outside. `null` empties, absent keeps. */
function apply(merchant: MerchantRow, change: GivenChange & DatedTaxes): void {
  const { vatId, exemptionReason, purchaseOrderReference, buyerReference, debtorNumber, rtvAddress } = change;
  merchant.number = change.number ?? merchant.number;
  merchant.name = change.name ?? merchant.name;
  merchant.status = change.status ?? merchant.status;
  merchant.language = change.language ?? merchant.language;
  merchant.address = change.address ?? merchant.address;
  merchant.taxTreatment = change.taxTreatment;
  merchant.taxBefore = change.taxBefore;
  merchant.paymentTermsDays = change.paymentTermsDays ?? merchant.paymentTermsDays;
  merchant.invoiceEmails = change.invoiceEmails ?? merchant.invoiceEmails;
  merchant.noticeEmails = change.noticeEmails ?? merchant.noticeEmails;
  merchant.invoiceXml = change.invoiceXml ?? merchant.invoiceXml;
  merchant.invoiceLink = change.invoiceLink ?? merchant.invoiceLink;
  merchant.rtvSchedule = change.rtvSchedule ?? merchant.rtvSchedule;
  merchant.returnRules = change.returnRules ?? merchant.returnRules;
  merchant.returnPolicy = change.returnPolicy ?? merchant.returnPolicy;
  merchant.roles = change.roles ?? merchant.roles;
  if (vatId !== undefined) merchant.vatId = vatId;
  if (exemptionReason !== undefined) merchant.exemptionReason = exemptionReason;
  if (purchaseOrderReference !== undefined) merchant.purchaseOrderReference = purchaseOrderReference;
  if (buyerReference !== undefined) merchant.buyerReference = buyerReference;
  if (debtorNumber !== undefined) merchant.debtorNumber = debtorNumber;
  if (rtvAddress !== undefined) merchant.rtvAddress = rtvAddress;
}
