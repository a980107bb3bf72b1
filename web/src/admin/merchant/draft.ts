import { useState } from 'react';
import type { Output } from '../../app/api/contract.ts';
import { useApiMutation } from '../../app/api/queries.ts';
import { hasCode } from '../../app/api/errors.ts';

export type Merchant = Output<'GET /merchants/{id}'>;
const FIELDS = [
  'number',
  'name',
  'status',
  'language',
  'address',
  'vatId',
  'taxTreatment',
  'paymentTermsDays',
  'invoiceEmails',
  'noticeEmails',
  'purchaseOrderReference',
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
  const [{ base, edits }, setState] = useState<{ base: Merchant; edits: Partial<Draft> }>({
    base: merchant,
    edits: {},
  });
  const change = useApiMutation('PATCH /merchants/{id}');
  const stored = Object.keys(edits).length ? base : merchant;
  const draft = { ...stored, ...edits } as Draft;
  const changed = FIELDS.filter((field) => !isSame(draft[field], stored[field]));
  const set: MerchantDraft['set'] = (field, value) => setState({ base: stored, edits: { ...edits, [field]: value } });
  return {
    draft,
    set,
    setPolicy: (patch) => set('returnPolicy', { ...draft.returnPolicy, ...patch }),
    changed,
    isOvertaken: changed.length > 0 && (merchant.version > base.version || hasCode(change.error, 'VERSION_STALE')),
    error: hasCode(change.error, 'VERSION_STALE') ? null : change.error,
    isSaving: change.isPending,
    async save(over = false) {
      const body = Object.fromEntries(changed.map((field) => [field, draft[field]])) as Partial<Draft>;
      const ifMatch = over ? merchant.version : stored.version;
      await change.mutateAsync({ id: merchant.id, ...body, $options: { ifMatch } });
      setState({ base: merchant, edits: {} });
    },
    discard() {
      change.reset();
      setState({ base: merchant, edits: {} });
    },
  };
}

/** Two values of the API are the same when they read the same; what is `undefined` is not there. */
const isSame = (one: unknown, other: unknown): boolean => canonical(one) === canonical(other);

const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  ) ?? '';
