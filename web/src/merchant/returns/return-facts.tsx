import { Anchor, Stack } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { DateTime } from '../../shared/date-time.tsx';
import { PhotoGrid } from '../../shared/photo-grid.tsx';
import { Facts } from '../parts/facts.tsx';
import { Section } from '../parts/section.tsx';
import { TrackingLink } from '../parts/tracking-link.tsx';
import type { ReturnView } from './item-list.tsx';

/** Numbers, dates and the parcel itself. */
export function ReturnFacts({ parcel }: { parcel: ReturnView }) {
  const { t } = useTranslation('merchant');
  const ofParcel = parcel.photos.filter(({ itemId }) => itemId === null);
  const { kind, orderNumber, externalNumber, carrier, trackingNumber, parcels, note, parentId } = parcel;
  return (
    <Section title={t('return.facts')}>
      <Facts
        facts={[
          [t('returns.kind'), t(`returns.kinds.${kind}`)],
          [t('returns.order'), orderNumber],
          [t('returns.rma'), externalNumber],
          [t('returns.tracking'), trackingNumber && <TrackingLink carrier={carrier} number={trackingNumber} />],
          [t('return.received'), parcel.receivedAt && <DateTime at={parcel.receivedAt} />],
          [t('return.inspected'), parcel.inspectedAt && <DateTime at={parcel.inspectedAt} />],
          [t('return.completed'), parcel.completedAt && <DateTime at={parcel.completedAt} />],
          [
            t('return.parcels'),
            parcels.length > 1 && (
              <Stack gap={2}>
                {parcels.map(({ id, trackingNumber: number, receivedAt }) => (
                  <span key={id}>
                    {number ?? '–'} · <DateTime at={receivedAt} />
                  </span>
                ))}
              </Stack>
            ),
          ],
          [
            t('return.parent'),
            parentId && (
              <Anchor component={Link} to={`/merchant/returns/${parentId}`}>
                {t('return.parentOpen')}
              </Anchor>
            ),
          ],
          [t('return.note'), note],
        ]}
      />
      {ofParcel.length > 0 && <PhotoGrid size={80} photos={ofParcel.map(({ id, links }) => ({ id, urls: links }))} />}
    </Section>
  );
}
