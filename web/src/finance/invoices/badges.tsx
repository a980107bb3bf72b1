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

type Delivered = Pick<Invoice, 'state' | 'document' | 'delivery'>;

/** Whether the document is made, and whether it reached the merchant. */
export function DeliveryBadge({ invoice }: { invoice: Delivered }) {
  const said = useDeliveryWords()(invoice);
  return said ? <ToneBadge tone={said.tone} label={said.label} /> : <>–</>;
}

/** The same in words; nothing of a draft. */
export function useDeliveryWords() {
  const { t } = useTranslation('finance');
  return ({ state, document, delivery }: Delivered): { tone: Tone; label: string } | undefined => {
    if (state === 'draft') return undefined;
    if (document === 'parked') return { tone: 'bad', label: t('invoices.noDocument') };
    if (document !== 'ready') return { tone: 'info', label: t('invoices.making') };
    if (delivery === null || !(delivery in DELIVERIES))
      return { tone: 'quiet', label: delivery ?? t('invoices.notSent') };
    const known = delivery as keyof typeof DELIVERIES;
    return { tone: DELIVERIES[known], label: t(`invoices.deliveries.${known}`) };
  };
}

const DELIVERIES = { queued: 'info', sent: 'good', bounced: 'bad' } as const satisfies Record<string, Tone>;
