import type { Job, JobUnit } from './job.ts';

/** A job as it is being entered. */
export interface Draft {
  merchantId: string | null;
  /** Entry of the catalogue; `free` for none. */
  catalogueId: string;
  code: string;
  unit: JobUnit;
  description: string;
  quantity: number | '';
  needsApproval: boolean;
  referenceKind: NonNullable<Job['reference']>['kind'] | null;
  reference: string;
}

export const FREE = 'free';
export const EMPTY: Draft = {
  merchantId: null,
  catalogueId: FREE,
  code: '',
  unit: 'minute',
  description: '',
  quantity: '',
  needsApproval: false,
  referenceKind: null,
  reference: '',
};

/** Whether the API could take it. */
export const isComplete = (draft: Draft): boolean =>
  draft.merchantId !== null &&
  draft.quantity !== '' &&
  draft.quantity > 0 &&
  draft.description.trim() !== '' &&
  (draft.catalogueId !== FREE || draft.code.trim() !== '') &&
  (draft.referenceKind === null || draft.reference.trim() !== '');

/** As the API takes it, without the quantity. What the catalogue says is not said again. */
export function contentOf(draft: Draft) {
  const { merchantId, catalogueId, code, unit, needsApproval, referenceKind, reference } = draft;
  return {
    merchantId: merchantId!,
    description: draft.description.trim(),
    ...(catalogueId === FREE ? { code: code.trim(), unit } : { catalogueId }),
    ...(needsApproval ? { needsApproval } : {}),
    ...(referenceKind === null ? {} : { reference: { kind: referenceKind, number: reference.trim() } }),
  };
}
