import { useTranslation } from 'react-i18next';
import type { Input } from '../../app/api/contract.ts';

export type ReturnReason = Input<'POST /collection-items/{id}/return'>['reason'];

/** Why banks send direct debits back, the usual ones first. */
export const RETURN_REASONS = [
  ...(['AM04', 'AC04', 'AC01', 'AC06', 'MD01', 'MD06', 'MS02', 'MS03'] as const),
  ...(['AC13', 'AG01', 'AG02', 'AM05', 'BE05', 'CNOR', 'DNOR', 'FF01', 'FOCR', 'MD02', 'MD07', 'RC01'] as const),
  ...(['RR01', 'RR02', 'RR03', 'RR04', 'SL01', 'TM01'] as const),
] as const satisfies readonly ReturnReason[];

const isReason = (text: string): text is ReturnReason => (RETURN_REASONS as readonly string[]).includes(text);

/** What a bank says by its code; anything else was written by a person. */
export function useReasonWords() {
  const { t } = useTranslation('dunning');
  return (reason: string | null) =>
    reason !== null && isReason(reason) ? `${reason} · ${t(`reasons.${reason}`)}` : reason;
}
