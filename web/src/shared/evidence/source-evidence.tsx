import { Anchor, Skeleton, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../app/api/queries.ts';
import { ErrorState } from '../error-state.tsx';
import { PhotoGrid } from '../photo-grid.tsx';
import classes from './evidence.module.css';
import type { Reference } from './trace.ts';
import { useChargeWords } from './words.ts';

export interface SourceEvidenceProps {
  reference: Reference;
  /** Where the pages of returns and batches are; whoever may not open them is offered no way there. */
  desk?: '/merchant' | '/warehouse' | undefined;
}

/** What caused a charge: a return or a batch with its photos and findings, an order, a job, a day of storage. */
export function SourceEvidence({ reference, desk }: SourceEvidenceProps) {
  const { sourceOf } = useChargeWords();
  const { t } = useTranslation('records');
  const { kind, id, orderId, description, trackingNumber } = reference;
  if (kind === 'return') return <ReturnEvidence id={id} to={desk && `${desk}/returns/${id}`} />;
  if (kind === 'batch') return <BatchEvidence id={id} to={desk && `${desk}/batches/${id}`} />;
  if (kind === 'shipment' && orderId) return <OrderEvidence id={orderId} trackingNumber={trackingNumber ?? null} />;
  return (
    <Stack gap={2}>
      <Text fw={600}>{sourceOf(reference)}</Text>
      {description && (
        <Text fz="sm">
          {t('evidence.job')}: {description}
        </Text>
      )}
    </Stack>
  );
}

function ReturnEvidence({ id, to }: { id: string; to: string | undefined }) {
  const { t } = useTranslation('records');
  const { data, error, refetch } = useApi('GET /returns/{id}', { id });
  if (error && !data) return <ErrorState error={error} onRetry={refetch} />;
  if (!data) return <Skeleton h={96} radius="md" />;
  const noted = data.items.filter(({ note }) => note);
  return (
    <Stack gap="xs">
      <PhotoGrid photos={data.photos.map(({ id: photoId, links }) => ({ id: photoId, urls: links }))} size={88} />
      {noted.length > 0 && (
        <ul className={classes.notes} aria-label={t('evidence.notes')}>
          {noted.map(({ id: itemId, name, sku, quantity, grade, note }) => (
            <li key={itemId}>
              <Text fz="sm">
                <Text span inherit fw={600}>
                  {quantity} × {name || sku || t('question.unnamed')}
                  {grade && ` (${grade})`}:
                </Text>{' '}
                {note}
              </Text>
            </li>
          ))}
        </ul>
      )}
      {to && <Onward to={to}>{t('evidence.openPage')}</Onward>}
    </Stack>
  );
}

function BatchEvidence({ id, to }: { id: string; to: string | undefined }) {
  const { t } = useTranslation('records');
  const { data, error, refetch } = useApi('GET /rtv-batches/{id}', { id });
  if (error && !data) return <ErrorState error={error} onRetry={refetch} />;
  if (!data) return <Skeleton h={96} radius="md" />;
  const photos = data.items.flatMap(({ photo, name }) =>
    photo ? [{ id: photo.id, urls: photo.links, caption: name }] : [],
  );
  return (
    <Stack gap="xs">
      <PhotoGrid photos={photos} size={88} quiet />
      <ul className={classes.notes}>
        {data.items.map(({ itemId, name, sku, quantity, note }) => (
          <li key={itemId}>
            <Text fz="sm">
              {quantity} × {name || sku || t('question.unnamed')}
              {note && `: ${note}`}
            </Text>
          </li>
        ))}
      </ul>
      {to && <Onward to={to}>{t('evidence.openPage')}</Onward>}
    </Stack>
  );
}

function OrderEvidence({ id, trackingNumber }: { id: string; trackingNumber: string | null }) {
  const { t } = useTranslation('records');
  const { data, error, refetch } = useApi('GET /orders/{id}', { id });
  if (error && !data) return <ErrorState error={error} onRetry={refetch} />;
  if (!data) return <Skeleton h={72} radius="md" />;
  return (
    <Stack gap="xs">
      <ul className={classes.notes} aria-label={t('evidence.orderLines')}>
        {data.lines.map(({ id: lineId, sku, name, quantity }) => (
          <li key={lineId}>
            <Text fz="sm">
              {quantity} × {name || sku}
            </Text>
          </li>
        ))}
      </ul>
      {trackingNumber && (
        <Text fz="sm" c="dimmed">
          {t('evidence.tracking', { number: trackingNumber })}
        </Text>
      )}
    </Stack>
  );
}

function Onward({ to, children }: { to: string; children: ReactNode }) {
  return (
    <Anchor component={Link} to={to} fz="sm" w="fit-content">
      {children}
    </Anchor>
  );
}
