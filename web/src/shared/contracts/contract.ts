import type { Input, ItemOf } from '../../app/api/contract.ts';

export type Contract = ItemOf<'GET /contracts'>;
type Terms = Required<Omit<Input<'POST /contracts'>, 'id' | 'merchantId'>>;

/** Terms as they are typed; the age bands as text until they are sent. */
export type ContractDraft = Omit<Terms, 'storageAgeBands'> & { ageBands: string };

export const METHODS = [
  ...['binDay', 'palletDay', 'cubicMetreDay', 'pieceDay'],
  ...['monthEnd', 'monthAverage', 'monthPeak', 'halfMonth', 'anniversary'],
] as const satisfies readonly NonNullable<Contract['storageMethod']>[];
const DAILY: readonly string[] = ['binDay', 'palletDay', 'cubicMetreDay', 'pieceDay'];
export const MEASURES = ['bin', 'pallet', 'cubicMetre', 'piece'] as const satisfies readonly NonNullable<
  Contract['storageMeasure']
>[];

/** Methods that do not say by themselves what they measure. */
export const needsMeasure = (method: Contract['storageMethod']): boolean => method !== null && !DAILY.includes(method);
/** Ages are charged by the day only. */
export const takesAgeBands = (method: Contract['storageMethod']): boolean => method !== null && DAILY.includes(method);

/** @param contract  none for a new one that starts on `startsOn` */
export const draftOf = (contract: Contract | undefined, startsOn: string): ContractDraft => ({
  startsOn: contract?.startsOn ?? startsOn,
  endsOn: contract?.endsOn ?? null,
  fulfilmentCadence: contract?.fulfilmentCadence ?? 'semiMonthly',
  monthEndDocuments: contract?.monthEndDocuments ?? 'one',
  storageMethod: contract?.storageMethod ?? null,
  storageMeasure: contract?.storageMeasure ?? null,
  ageBands: contract?.storageAgeBands.join(', ') ?? '',
  storageSource: contract?.storageSource ?? 'external',
  storageIsLandRelated: contract?.storageIsLandRelated ?? false,
  softwareFee: contract?.softwareFee ?? true,
  rateCardCode: contract?.rateCardCode ?? null,
});

/** Last days of age bands out of "30, 90"; nothing when that is not what it says. */
export function ageBandsOf(text: string): number[] | undefined {
  const words = text.split(/[,;\s]+/).filter(Boolean);
  return words.every((word) => /^\d{1,4}$/.test(word)) ? words.map(Number) : undefined;
}

/** What the API takes: fields that the method has no use for are empty. */
export function termsOf({ ageBands, startsOn: _, ...draft }: ContractDraft): Omit<Terms, 'startsOn'> {
  const { storageMethod } = draft;
  return {
    ...draft,
    storageMeasure: needsMeasure(storageMethod) ? draft.storageMeasure : null,
    storageAgeBands: takesAgeBands(storageMethod) ? (ageBandsOf(ageBands) ?? []) : [],
    storageSource: storageMethod === null ? 'external' : draft.storageSource,
    storageIsLandRelated: storageMethod !== null && draft.storageIsLandRelated,
  };
}
