import { ActionIcon, Button, Modal, Stack, Text } from '@mantine/core';
import { IconBulb, IconBulbOff } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './camera.module.css';
import { loadDetector } from './detector.ts';
import { useCamera } from './use-camera.ts';
import { scanned } from './use-scan.ts';

const SIZE = { width: 1920, height: 1080 };
/** Between two looks at the picture, so that a cheap phone stays cool. */
const LOOK_MS = 120;

/** Reads a code with the camera, hands it on and closes. */
export default function CameraScanner({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('warehouse');
  const camera = useCamera(SIZE);
  const { element, status } = camera;
  useEffect(() => {
    if (status !== 'on') return;
    let stopped = false;
    const look = async () => {
      const detector = await loadDetector();
      while (!stopped) {
        const video = element();
        const [hit] = video && video.readyState >= 2 ? await detector.detect(video).catch(() => []) : [];
        if (hit && !stopped) {
          onClose();
          return scanned(hit.rawValue.trim());
        }
        await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
      }
    };
    void look();
    return () => void (stopped = true);
    // the camera element is read when it is needed
  }, [status]); // eslint-disable-line react-hooks/exhaustive-deps
  return (
    <Modal
      opened
      onClose={onClose}
      fullScreen
      title={t('scan.title')}
      closeButtonProps={{ 'aria-label': t('scan.close'), size: 48 }}
      transitionProps={{ duration: 0 }}
    >
      {status === 'denied' || status === 'missing' ? (
        <Stack align="center" ta="center" py="xl">
          <Text fw={600}>{t(`scan.${status}`)}</Text>
          <Text c="dimmed">{t('scan.instead')}</Text>
          <Button onClick={onClose}>{t('scan.close')}</Button>
        </Stack>
      ) : (
        <div className={classes.scanner}>
          <video ref={camera.video} className={classes.picture} muted playsInline aria-label={t('scan.picture')} />
          <div className={classes.target} aria-hidden />
          <p className={classes.hint}>{t('scan.hint')}</p>
          {camera.torch && (
            <ActionIcon
              className={classes.torch}
              variant="filled"
              size={64}
              radius="xl"
              aria-pressed={camera.torch.on}
              aria-label={t('scan.torch')}
              onClick={camera.torch.toggle}
            >
              {camera.torch.on ? <IconBulbOff size={30} aria-hidden /> : <IconBulb size={30} aria-hidden />}
            </ActionIcon>
          )}
        </div>
      )}
    </Modal>
  );
}
