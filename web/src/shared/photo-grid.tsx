import { Image, Skeleton, Text, UnstyledButton } from '@mantine/core';
import { IconPhotoOff } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './photo.module.css';
import { PhotoViewer } from './photo-viewer.tsx';
import { usePhotoUrl, type Photo } from './photos.ts';

export interface PhotoGridProps {
  photos: readonly Photo[];
  /** Side of a square in pixels; 96 without it. */
  size?: number;
  /** Says nothing when there are none. */
  quiet?: boolean;
}

/** Photos as squares; one of them opens full screen. */
export function PhotoGrid({ photos, size = 96, quiet = false }: PhotoGridProps) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState<number>();
  if (!photos.length) return quiet ? null : <Text c="dimmed">{t('photos.none')}</Text>;
  return (
    <>
      <div className={classes.grid}>
        {photos.map((photo, index) => (
          <UnstyledButton
            key={photo.id}
            onClick={() => setOpened(index)}
            className={classes.tile}
            w={size}
            h={size}
            aria-label={t('photos.open', { index: index + 1, count: photos.length })}
          >
            <Thumbnail photo={photo} />
          </UnstyledButton>
        ))}
      </div>
      {opened !== undefined && <PhotoViewer photos={photos} start={opened} onClose={() => setOpened(undefined)} />}
    </>
  );
}

function Thumbnail({ photo }: { photo: Photo }) {
  const { url, failed } = usePhotoUrl(photo, 'thumb');
  if (failed) return <IconPhotoOff aria-hidden />;
  return url ? <Image src={url} alt="" w="100%" h="100%" fit="cover" /> : <Skeleton w="100%" h="100%" />;
}
