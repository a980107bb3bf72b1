import { useTranslation } from 'react-i18next';
import type { ItemOf } from '../../app/api/contract.ts';
import { ToneBadge } from '../state-badge.tsx';
import type { Tone } from '../tone.ts';

export type LineDispute = ItemOf<'GET /line-disputes'>;

const TONES: Record<LineDispute['state'], Tone> = {
  open: 'warn',
  credited: 'good',
  rejected: 'bad',
  withdrawn: 'quiet',
  invoiceCancelled: 'quiet',
};

/** How it stands with a dispute about a line of an invoice. Its words are in the area `disputes`. */
export function LineDisputeBadge({ state }: Pick<LineDispute, 'state'>) {
  const { t } = useTranslation('disputes');
  return <ToneBadge tone={TONES[state]} label={t(`states.${state}`)} />;
}

export interface WaitingProps {
  dispute: Pick<LineDispute, 'waitsFor'>;
}

/** Who has to say something next, as finance reads it; nothing once it is settled. */
export function WaitingBadge({ dispute: { waitsFor } }: WaitingProps) {
  const { t } = useTranslation('disputes');
  return waitsFor && <ToneBadge tone={waitsFor === 'house' ? 'warn' : 'info'} label={t(`waits.${waitsFor}`)} />;
}
