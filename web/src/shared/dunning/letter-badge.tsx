import { useTranslation } from 'react-i18next';
import type { ItemOf } from '../../app/api/contract.ts';
import { ToneBadge } from '../state-badge.tsx';
import type { Tone } from '../tone.ts';

type Letter = Pick<ItemOf<'GET /dunning-letters'>, 'document' | 'delivery'>;

const DELIVERIES: Record<NonNullable<Letter['delivery']>, Tone> = { queued: 'info', sent: 'good', bounced: 'bad' };

/** Whether the document of a letter is made, and whether it reached the merchant. */
export function LetterBadge({ letter: { document, delivery } }: { letter: Letter }) {
  const { t } = useTranslation('dunning');
  if (document === 'parked') return <ToneBadge tone="bad" label={t('letter.documents.parked')} />;
  if (!delivery) return <ToneBadge tone="info" label={t('letter.documents.pending')} />;
  return <ToneBadge tone={DELIVERIES[delivery]} label={t(`letter.deliveries.${delivery}`)} />;
}
