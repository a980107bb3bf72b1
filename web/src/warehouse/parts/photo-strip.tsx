import { Button, FileButton, Image, Loader, Modal, Skeleton, Stack, Text, UnstyledButton } from '@mantine/core';
import { IconCamera, IconClock, IconCloudCheck, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useObjectUrl, usePhotoUrl } from '../../shared/photos.ts';
import { useAttempt } from '../feedback/local-step.ts';
import { failureOf, isHopeless } from '../offline/failures.ts';
import type { PhotoView, WaitingPhoto } from '../offline/model.ts';
import { dropPhoto } from '../offline/work.ts';
import { useDesk, useFailures, useFile, useKept, useSenderState } from '../use-desk.ts';
import { useFailureWords } from './failure-words.ts';
import classes from './photo-strip.module.css';

export interface PhotoStripProps {
  label: string;
  sent: readonly PhotoView[];
  waiting: readonly WaitingPhoto[];
  /** Takes a picture with the camera of the page, when that is on. */
  onShoot?: (() => void) | undefined;
  /** Takes a picture of the phone's own camera. */
  onFile?: (file: File) => void;
  onDrop?: (clientPhotoId: string) => void;
}

/** Photos of one thing, those on their way among them, and the button for one more. */
export function PhotoStrip({ label, sent, waiting, onShoot, onFile, onDrop }: PhotoStripProps) {
  const { t } = useTranslation('warehouse');
  const unsent = waiting.filter((photo) => !sent.some(({ clientPhotoId }) => clientPhotoId === photo.clientPhotoId));
  return (
    <div className={classes.strip} role="group" aria-label={label}>
      {onShoot ? (
        <UnstyledButton className={classes.shoot} onClick={onShoot}>
          <IconCamera size={30} aria-hidden />
          <span>{t('photo.shoot')}</span>
        </UnstyledButton>
      ) : (
        onFile && (
          <FileButton onChange={(file) => file && onFile(file)} accept="image/jpeg" capture="environment">
            {(props) => (
              <UnstyledButton {...props} className={classes.shoot}>
                <IconCamera size={30} aria-hidden />
                <span>{t('photo.shoot')}</span>
              </UnstyledButton>
            )}
          </FileButton>
        )
      )}
      {sent.map((photo) => (
        <SentPhoto key={photo.clientPhotoId} photo={photo} />
      ))}
      {unsent.map((photo) => (
        <UnsentPhoto key={photo.clientPhotoId} photo={photo} onDrop={onDrop} />
      ))}
    </div>
  );
}

function SentPhoto({ photo }: { photo: PhotoView }) {
  const { t } = useTranslation('warehouse');
  const [opened, setOpened] = useState(false);
  const shown = { id: photo.id, urls: photo.links };
  return (
    <>
      <UnstyledButton
        className={classes.tile}
        data-state="sent"
        aria-label={t('photo.sent')}
        onClick={() => setOpened(true)}
      >
        <SignedImage photo={shown} size="thumb" />
        <span className={classes.mark} data-state="sent">
          <IconCloudCheck size={18} aria-hidden />
        </span>
      </UnstyledButton>
      {opened && (
        <Large onClose={() => setOpened(false)}>
          <SignedImage photo={shown} size="web" />
        </Large>
      )}
    </>
  );
}

function SignedImage({ photo, size }: { photo: Parameters<typeof usePhotoUrl>[0]; size: 'thumb' | 'web' }) {
  const { url } = usePhotoUrl(photo, size);
  return url ? (
    <Image src={url} alt="" w="100%" h="100%" fit={size === 'thumb' ? 'cover' : 'contain'} />
  ) : (
    <Skeleton h="100%" />
  );
}

function UnsentPhoto({ photo, onDrop }: { photo: WaitingPhoto; onDrop: PhotoStripProps['onDrop'] }) {
  const { t } = useTranslation('warehouse');
  const [opened, setOpened] = useState(false);
  const sending = useSenderState() === 'sending' && !photo.held;
  const url = useObjectUrl(useFile(photo.clientPhotoId));
  const desk = useDesk();
  const words = useFailureWords();
  const failure = useFailureOf(photo);
  const attempt = useAttempt();
  // of a return that is finished nothing is taken back, except what the server will never take
  const takeBack =
    onDrop ?? (failure && isHopeless(failure) ? (id: string) => void attempt(() => dropPhoto(desk.outbox, id)) : null);
  const drop = () => {
    setOpened(false);
    takeBack?.(photo.clientPhotoId);
  };
  return (
    <>
      <UnstyledButton
        className={classes.tile}
        data-state="waiting"
        aria-label={t('photo.waiting')}
        onClick={() => setOpened(true)}
      >
        {url ? <Image src={url} alt="" w="100%" h="100%" fit="cover" /> : <Skeleton h="100%" />}
        <span className={classes.mark} data-state="waiting">
          {sending ? <Loader size={16} color="currentColor" /> : <IconClock size={18} aria-hidden />}
        </span>
      </UnstyledButton>
      {opened && (
        <Large onClose={() => setOpened(false)}>
          <Stack h="100%">
            {url && <Image src={url} alt={t('photo.waiting')} fit="contain" mah="70dvh" />}
            <Text c="dimmed" ta="center">
              {failure ? words(failure) : photo.held ? t('photo.held') : t('photo.waitingText')}
            </Text>
            {takeBack && (
              <Button variant="default" h={56} leftSection={<IconTrash size={22} aria-hidden />} onClick={drop}>
                {t('photo.drop')}
              </Button>
            )}
          </Stack>
        </Large>
      )}
    </>
  );
}

function useFailureOf({ clientPhotoId }: WaitingPhoto) {
  const failures = useFailures();
  const command = useKept().commands.find(({ step }) => step.kind === 'photo' && step.clientPhotoId === clientPhotoId);
  return command && failureOf(failures, command);
}

function Large({ onClose, children }: { onClose: () => void; children: React.ReactNode }) {
  const { t } = useTranslation('warehouse');
  const { t: c } = useTranslation();
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={t('photo.large')}
      closeButtonProps={{ 'aria-label': c('action.close'), size: 48 }}
    >
      {children}
    </Modal>
  );
}
