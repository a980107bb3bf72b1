import { useTranslation } from 'react-i18next';
import type { ItemOf } from '../../app/api/contract.ts';
import { ToneBadge } from '../../shared/state-badge.tsx';
import type { Tone } from '../../shared/tone.ts';

type Payment = Pick<ItemOf<'GET /payments'>, 'state' | 'amountMinor' | 'returns'>;
type State = Payment['state'] | 'returned';
const STATES: Record<State, Tone> = {
  unallocated: 'warn',
  partly: 'warn',
  allocated: 'good',
  void: 'quiet',
  returned: 'warn',
};

/** How far a payment is used; of one that the bank took back as a whole there is nothing to use. */
export const paymentState = ({ state, amountMinor, returns }: Payment): State =>
  returns.length && returns.reduce((left, one) => left + one.amountMinor, amountMinor) === 0 ? 'returned' : state;

export function PaymentBadge({ payment }: { payment: Payment }) {
  const { t } = useTranslation('payments');
  const state = paymentState(payment);
  return <ToneBadge tone={STATES[state]} label={t(`states.${state}`)} />;
}
