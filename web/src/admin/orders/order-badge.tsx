import { useTranslation } from 'react-i18next';
import { ToneBadge } from '../../shared/state-badge.tsx';
import type { Tone } from '../../shared/tone.ts';
import type { OrderState } from './draft.ts';

const TONES: Record<OrderState, Tone> = {
  open: 'info',
  partially_shipped: 'warn',
  shipped: 'good',
  cancelled: 'quiet',
};

export const ORDER_STATES = Object.keys(TONES) as OrderState[];

export function OrderBadge({ state }: { state: OrderState }) {
  const { t } = useTranslation('admin');
  return <ToneBadge tone={TONES[state]} label={t(`orders.states.${state}`)} />;
}
