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

/** What the product itself notes as a reason. */
const NOTED = { 'last collection': 'lastCollection', returned: 'returned' } as const;

const isNoted = (text: string): text is keyof typeof NOTED => Object.hasOwn(NOTED, text);

/** What a bank says by its code, or the product by a word; anything else was written by a person. */
export function useReasonWords() {
  const { t } = useTranslation('dunning');
  return (reason: string | null) => {
    if (reason !== null && isReason(reason)) return `${reason} · ${t(`reasons.${reason}`)}`;
    return reason !== null && isNoted(reason) ? t(`reasons.${NOTED[reason]}`) : reason;
  };
}
