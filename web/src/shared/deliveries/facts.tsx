import { useTranslation } from 'react-i18next';
import { DateTime, Day } from '../date-time.tsx';
import { Facts } from '../facts.tsx';
import { useLoad, type Delivery } from './words.tsx';

/** When it was to come, came and was closed, and what it took. */
export function DeliveryFacts({ delivery }: { delivery: Delivery }) {
  const { t } = useTranslation('deliveries');
  const load = useLoad();
  return (
    <Facts
      facts={[
        [t('facts.reference'), delivery.reference],
        [t('facts.expectedOn'), delivery.announced && <Day on={delivery.expectedOn} />],
        [t('facts.announcedLoad'), load(delivery.expectedPallets, delivery.expectedCartons)],
        [t('facts.load'), delivery.state === 'closed' && load(delivery.pallets, delivery.cartons)],
        [
          t('facts.minutes'),
          delivery.state === 'closed' &&
            delivery.minutes !== null &&
            t('facts.minutesValue', { count: delivery.minutes }),
        ],
        [t('facts.received'), delivery.receivedAt && <DateTime at={delivery.receivedAt} house />],
        [t('facts.closed'), delivery.closedAt && <DateTime at={delivery.closedAt} house />],
        [t('facts.revision'), delivery.revision > 0 && delivery.revision],
      ]}
    />
  );
}
