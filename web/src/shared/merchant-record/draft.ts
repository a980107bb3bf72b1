import type { Output } from '../../app/api/contract.ts';
import { useApiMutation } from '../../app/api/queries.ts';
import { hasCode } from '../../app/api/errors.ts';
import { useRecordDraft } from '../record-draft.ts';

export type Merchant = Output<'GET /merchants/{id}'>;
const FIELDS = [
  'number',
  'name',
  'status',
  'language',
  'address',
  'vatId',
  'taxTreatment',
  'taxTreatmentFrom',
  'exemptionReason',
  'paymentTermsDays',
  'invoiceEmails',
  'noticeEmails',
  'purchaseOrderReference',
  'buyerReference',
  'invoiceXml',
  'invoiceLink',
  'debtorNumber',
  'rtvAddress',
  'rtvSchedule',
  'roles',
  'returnRules',
  'returnPolicy',
] as const satisfies readonly (keyof Merchant)[];
export type DraftField = (typeof FIELDS)[number];
/** What can be changed of a merchant; people of the house see all of it. */
export type Draft = { [Field in DraftField]: NonNullable<Merchant[Field]> | Extract<Merchant[Field], null> };
export type Policy = Draft['returnPolicy'];
export type Rule = Draft['returnRules'][number];

export interface MerchantDraft {
  draft: Draft;
  set: <Field extends DraftField>(field: Field, value: Draft[Field]) => void;
  setPolicy: (patch: Partial<Policy>) => void;
  /** Fields that differ from what is stored. */
  changed: readonly DraftField[];
  /** Somebody else stored something after the first change here. */
  isOvertaken: boolean;
  error: Error | null;
  isSaving: boolean;
  /** @param over  stores it although somebody else was faster */
  save: (over?: boolean) => Promise<void>;
  discard: () => void;
}

/**
 * Changes to a merchant that are not stored yet, over all tabs of its page. Only what was changed is sent, and only on
 * top of the version it was changed in.
 */
export function useMerchantDraft(merchant: Merchant): MerchantDraft {
  const change = useApiMutation('PATCH /merchants/{id}');
  // people of the house see every field
  const record = useRecordDraft(merchant as Draft & Pick<Merchant, 'id' | 'version'>, FIELDS);
  const isStale = hasCode(change.error, 'VERSION_STALE');
  const { draft, changed } = record;
  const set = record.set as MerchantDraft['set'];
  return {
    draft,
    set,
    setPolicy: (patch) => set('returnPolicy', { ...draft.returnPolicy, ...patch }),
    changed,
    isOvertaken: record.isOvertaken || (isStale && changed.length > 0),
    error: isStale ? null : change.error,
    isSaving: change.isPending,
    async save(over = false) {
      const ifMatch = over ? merchant.version : record.version;
      // without its month, the one that is stored among them, the server would date another treatment by itself
      const taxedFrom = changed.includes('taxTreatment') ? { taxTreatmentFrom: draft.taxTreatmentFrom } : {};
      const after = await change.mutateAsync({
        ...{ id: merchant.id, ...record.changes, ...taxedFrom },
        $options: { ifMatch },
      });
      record.settle(after as typeof draft);
    },
    discard() {
      change.reset();
      record.discard();
    },
  };
}
