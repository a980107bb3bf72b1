import { useTranslation } from 'react-i18next';
import { ToneBadge } from '../../shared/state-badge.tsx';
import type { Tone } from '../../shared/tone.ts';
import type { Merchant } from '../../shared/merchant-record/draft.ts';

const TONES: Record<Merchant['status'], Tone> = { active: 'good', suspended: 'warn', terminated: 'quiet' };

export function StatusBadge({ status }: { status: Merchant['status'] }) {
  const { t } = useTranslation('admin');
  return <ToneBadge tone={TONES[status]} label={t(`merchantStatus.${status}`)} />;
}
