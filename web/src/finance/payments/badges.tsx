import { useTranslation } from 'react-i18next';
import type { ItemOf } from '../../app/api/contract.ts';
import { ToneBadge } from '../../shared/state-badge.tsx';
import type { Tone } from '../../shared/tone.ts';

type State = ItemOf<'GET /payments'>['state'];
const STATES: Record<State, Tone> = { unallocated: 'warn', partly: 'warn', allocated: 'good', void: 'quiet' };

export function PaymentBadge({ state }: { state: State }) {
  const { t } = useTranslation('payments');
  return <ToneBadge tone={STATES[state]} label={t(`states.${state}`)} />;
}
