import { useTranslation } from 'react-i18next';
import { ToneBadge } from './state-badge.tsx';
import type { Tone } from './tone.ts';

export interface Payable {
  kind: string;
  state: string;
  payment: string | null;
  openMinor: number | null;
}

const TONES = {
  open: 'info',
  partially_paid: 'warn',
  paid: 'good',
  overdue: 'bad',
  written_off: 'quiet',
} as const satisfies Record<string, Tone>;

/** Of what is paid or not; merchants are told of no write-off. */
export const PAY_STATES = {
  house: ['open', 'partially_paid', 'overdue', 'paid', 'written_off'],
  merchant: ['open', 'partially_paid', 'overdue', 'paid'],
} as const satisfies Record<PayReader, readonly (keyof typeof TONES)[]>;

/** Corrections ask for nothing on any day, whatever their document has to state. */
export const dueOf = ({ kind, dueDate }: Pick<Payable, 'kind'> & { dueDate: string | null }): string | null =>
  kind === 'invoice' ? dueDate : null;

/** What the house owes is named after whoever reads it. */
export type PayReader = 'house' | 'merchant';

/** Whether a document is paid; drafts, cancelled ones and what only corrects another ask for nothing. */
export function PayBadge({ invoice, reader }: { invoice: Payable; reader: PayReader }) {
  const words = usePayWords(reader);
  const said = words(invoice);
  return said ? <ToneBadge tone={said.tone} label={said.label} /> : <>–</>;
}

/** The same in words. */
export function usePayWords(reader: PayReader) {
  const { t } = useTranslation('records');
  return ({ kind, state, payment, openMinor }: Payable): { tone: Tone; label: string } | undefined => {
    const isAsking = state === 'finalized' && (kind === 'invoice' || (openMinor ?? 0) !== 0);
    if (!isAsking || payment === null || !(payment in TONES)) return undefined;
    const key = payment as keyof typeof TONES;
    return { tone: TONES[key], label: openMinor !== null && openMinor < 0 ? t(`pay.owed.${reader}`) : t(`pay.${key}`) };
  };
}
