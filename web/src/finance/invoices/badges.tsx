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

type Sent = Pick<Invoice, 'state' | 'document' | 'delivery'>;

/** Whether the document is made, and whether it reached the merchant; nothing of a draft. */
export function useDelivery(): (invoice: Sent) => { tone: Tone; label: string } | undefined {
  const { t, i18n } = useTranslation('finance');
  return ({ state, document, delivery }) => {
    if (state === 'draft') return undefined;
    if (document === 'parked') return { tone: 'bad', label: t('invoices.noDocument') };
    if (document !== 'ready') return { tone: 'info', label: t('invoices.making') };
    const known = delivery !== null && i18n.exists(`finance:invoices.deliveries.${delivery}`);
    if (!known) return { tone: 'quiet', label: delivery ?? t('invoices.notSent') };
    return { tone: DELIVERIES[delivery] ?? 'quiet', label: String(t(`invoices.deliveries.${delivery}` as never)) };
  };
}

export function DeliveryBadge({ invoice }: { invoice: Sent }) {
  const known = useDelivery()(invoice);
  return known ? <ToneBadge {...known} /> : <>–</>;
}

const DELIVERIES: Record<string, Tone> = { queued: 'info', sent: 'good', bounced: 'bad' };
