import { useTranslation } from 'react-i18next';
import type { ItemOf } from '../../app/api/contract.ts';
import { ToneBadge } from '../../shared/state-badge.tsx';
import type { Tone } from '../../shared/tone.ts';

type Invoice = ItemOf<'GET /invoices'>;

const STATES: Record<Invoice['state'], Tone> = { draft: 'warn', finalized: 'good', cancelled: 'quiet' };

export function InvoiceState({ state }: { state: Invoice['state'] }) {
  const { t } = useTranslation('finance');
  return <ToneBadge tone={STATES[state]} label={t(`invoices.states.${state}`)} />;
}

/** Whether the document is made, and whether it reached the merchant. */
export function DeliveryBadge({ invoice }: { invoice: Pick<Invoice, 'state' | 'document' | 'delivery'> }) {
  const { t, i18n } = useTranslation('finance');
  const { state, document, delivery } = invoice;
  if (state === 'draft') return <>–</>;
  if (document === 'parked') return <ToneBadge tone="bad" label={t('invoices.noDocument')} />;
  if (document !== 'ready') return <ToneBadge tone="info" label={t('invoices.making')} />;
  const known = delivery !== null && i18n.exists(`finance:invoices.deliveries.${delivery}`);
  if (!known) return <ToneBadge tone="quiet" label={delivery ?? t('invoices.notSent')} />;
  return (
    <ToneBadge tone={DELIVERIES[delivery] ?? 'quiet'} label={String(t(`invoices.deliveries.${delivery}` as never))} />
  );
}

const DELIVERIES: Record<string, Tone> = { queued: 'info', sent: 'good', bounced: 'bad' };
