import { useTranslation } from 'react-i18next';
import type { ItemOf } from '../../app/api/contract.ts';
import { ToneBadge } from '../state-badge.tsx';
import type { Tone } from '../tone.ts';

export type DocumentKind = ItemOf<'GET /invoices'>['kind'];

const TONES: Record<Exclude<DocumentKind, 'invoice'>, Tone> = { cancellation: 'bad', creditNote: 'warn' };

/** Which kind of document it is; what is not an invoice strikes the eye. */
export function KindBadge({ kind }: { kind: DocumentKind }) {
  const { t } = useTranslation('records');
  if (kind === 'invoice') return <>{t('documents.kinds.invoice')}</>;
  return <ToneBadge tone={TONES[kind]} label={t(`documents.kinds.${kind}`)} />;
}
