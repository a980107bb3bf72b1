import { Card, Group, Stack, Text, Title } from '@mantine/core';
import { IconTag } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { DateTime } from '../../shared/date-time.tsx';
import { useAttempt } from '../feedback/local-step.ts';
import { needsLabel } from '../offline/lacks.ts';
import type { LocalReturn } from '../use-desk.ts';
import classes from './notes.module.css';
import { PhotoStrip } from './photo-strip.tsx';
import type { ReturnWork } from './use-return-work.ts';

export interface ParcelCardProps {
  local: LocalReturn;
  work: ReturnWork;
  readOnly: boolean;
  onShoot: (() => void) | undefined;
  onFile: (file: File, kind: 'parcel' | 'label') => void;
}

/** The parcel as it came: its photos, its label, and the parcels of the same return. */
export function ParcelCard({ local, work, readOnly, onShoot, onFile }: ParcelCardProps) {
  const { t } = useTranslation('warehouse');
  const attempt = useAttempt();
  const { view } = local;
  const isOfParcel = ({ itemId }: { itemId: string | null }) => itemId === null;
  const sent = view.photos.filter(isOfParcel);
  const waiting = local.photos.filter(isOfParcel);
  const labelMissing = needsLabel(local);
  if (readOnly && !sent.length && !waiting.length) return null;
  return (
    <Card p="md">
      <Stack gap="sm">
        {labelMissing && !readOnly && (
          <div className={classes.note} data-tone="warn" role="note">
            <IconTag size={26} aria-hidden />
            <Text flex={1}>{t('return.labelNeeded')}</Text>
          </div>
        )}
        <Group justify="space-between">
          <Title order={2} size="h5">
            {labelMissing ? t('photo.kind.label') : t('return.parcel')}
          </Title>
          {view.receivedAt && (
            <Text c="dimmed" fz="sm">
              {t('return.receivedAt')} <DateTime at={view.receivedAt} />
            </Text>
          )}
        </Group>
        <PhotoStrip
          label={t('return.parcelPhotos')}
          sent={sent}
          waiting={waiting}
          {...(readOnly
            ? {}
            : {
                onShoot,
                onFile: (file: File) => onFile(file, labelMissing ? 'label' : 'parcel'),
                onDrop: (id: string) => void attempt(() => work.dropPhoto(id)),
              })}
        />
        {view.parcels.length > 1 && (
          <ul className={classes.steps}>
            {view.parcels.map(({ id, carrier, trackingNumber, receivedAt }) => (
              <li key={id}>
                <Text fz="sm" c="dimmed">
                  <DateTime at={receivedAt} /> {[carrier, trackingNumber].filter(Boolean).join(' ')}
                </Text>
              </li>
            ))}
          </ul>
        )}
      </Stack>
    </Card>
  );
}
