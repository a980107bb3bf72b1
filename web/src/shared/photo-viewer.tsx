import { ActionIcon, Center, Image, Loader, Modal, Text } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconChevronLeft, IconChevronRight, IconPhotoOff, IconX } from '@tabler/icons-react';
import { useRef, useState, type PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './photo.module.css';
import { usePhotoUrl, type Photo } from './photos.ts';

export interface PhotoViewerProps {
  photos: readonly Photo[];
  start?: number;
  onClose: () => void;
}

const SWIPE_PX = 48;

/** Photos full screen: arrow keys, Escape, swiping and large buttons. */
export function PhotoViewer({ photos, start = 0, onClose }: PhotoViewerProps) {
  const { t } = useTranslation();
  const [index, setIndex] = useState(start);
  const from = useRef<number>(undefined);
  const photo = photos[Math.min(index, photos.length - 1)]!;
  const go = (step: number) => setIndex((index + step + photos.length) % photos.length);
  useHotkeys([
    ['ArrowLeft', () => go(-1)],
    ['ArrowRight', () => go(1)],
  ]);
  const release = ({ clientX }: PointerEvent) => {
    const moved = clientX - (from.current ?? clientX);
    from.current = undefined;
    if (Math.abs(moved) > SWIPE_PX) go(moved > 0 ? -1 : 1);
  };
  const count = photos.length;
  return (
    <Modal.Root opened onClose={onClose} fullScreen transitionProps={{ duration: 0 }}>
      <Modal.Content aria-label={t('photos.viewer')} className={classes.viewer}>
        <Modal.Body
          className={classes.stage}
          onPointerDown={({ clientX }) => (from.current = clientX)}
          onPointerUp={release}
        >
          <Large key={photo.id} photo={photo} alt={photo.caption ?? t('photos.alt', { index: index + 1, count })} />
          <div className={classes.top}>
            <Text span aria-live="polite" className="tabular">
              {t('photos.counter', { index: index + 1, count })}
              {photo.caption && ` · ${photo.caption}`}
            </Text>
            <ViewerButton label={t('action.close')} icon={IconX} onClick={onClose} autoFocus />
          </div>
          {count > 1 && (
            <div className={classes.steps}>
              <ViewerButton label={t('photos.previous')} icon={IconChevronLeft} onClick={() => go(-1)} />
              <ViewerButton label={t('photos.next')} icon={IconChevronRight} onClick={() => go(1)} />
            </div>
          )}
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

function Large({ photo, alt }: { photo: Photo; alt: string }) {
  const { t } = useTranslation();
  const { url, failed } = usePhotoUrl(photo, 'full');
  if (url) return <Image src={url} alt={alt} fit="contain" w="100%" h="100%" draggable={false} />;
  return (
    <Center h="100%">
      {failed ? (
        <Text>
          <IconPhotoOff aria-hidden /> {t('photos.failed')}
        </Text>
      ) : (
        <Loader color="white" />
      )}
    </Center>
  );
}

interface ViewerButtonProps {
  label: string;
  icon: typeof IconX;
  onClick: () => void;
  autoFocus?: boolean;
}

function ViewerButton({ label, icon: Glyph, onClick, autoFocus = false }: ViewerButtonProps) {
  return (
    <ActionIcon
      aria-label={label}
      size={56}
      radius="xl"
      className={classes.button}
      onClick={onClick}
      {...(autoFocus ? { 'data-autofocus': true } : {})}
    >
      <Glyph size={30} aria-hidden />
    </ActionIcon>
  );
}
