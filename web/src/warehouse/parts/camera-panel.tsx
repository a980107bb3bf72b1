import { ActionIcon, Text, UnstyledButton } from '@mantine/core';
import { IconBulb, IconX } from '@tabler/icons-react';
import { useImperativeHandle, useState, type Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { useRefusal } from '../feedback/needs-network.tsx';
import { NoPhoto } from '../scan/fresh-frame.ts';
import { grabPhoto, useCamera } from '../scan/use-camera.ts';
import classes from './camera-panel.module.css';

const SIZE = { width: 2560, height: 1440 };

/** Lets other buttons take the picture, too. */
export interface Shutter {
  shoot: () => void;
}

export interface CameraPanelProps {
  /** What the next picture is of. */
  target: string;
  onPhoto: (file: Blob) => Promise<unknown>;
  onClose: () => void;
  ref: Ref<Shutter>;
}

/** The camera stays open beside the work, so that a photo is one tap. */
export function CameraPanel({ target, onPhoto, onClose, ref }: CameraPanelProps) {
  const { t } = useTranslation('warehouse');
  const camera = useCamera(SIZE);
  const refuse = useRefusal();
  const [flash, setFlash] = useState(0);
  const shoot = async () => {
    const video = camera.element();
    if (!video) return;
    try {
      const file = await grabPhoto(video);
      setFlash((count) => count + 1);
      await onPhoto(file);
    } catch (error) {
      refuse(error, error instanceof NoPhoto ? t(`photo.refusedBecause.${error.reason}`) : undefined);
    }
  };
  useImperativeHandle(ref, () => ({ shoot: () => void shoot() }));
  const on = camera.status === 'on';
  return (
    <section className={classes.panel} aria-label={t('photo.camera')}>
      <div className={classes.finder}>
        <video ref={camera.video} muted playsInline aria-label={t('scan.picture')} />
        {flash > 0 && <span key={flash} className={classes.flash} aria-hidden />}
      </div>
      <Text className={classes.target} role="status">
        {on || camera.status === 'starting' ? (
          <>
            <Text span c="dimmed" fz="sm" display="block">
              {t('photo.for')}
            </Text>
            <Text span fw={600} lineClamp={2}>
              {target}
            </Text>
          </>
        ) : (
          t(`scan.${camera.status}` as 'scan.denied')
        )}
      </Text>
      <div className={classes.small}>
        <ActionIcon size={48} variant="default" aria-label={t('photo.cameraOff')} onClick={onClose}>
          <IconX size={22} aria-hidden />
        </ActionIcon>
        {camera.torch && (
          <ActionIcon
            size={48}
            variant="default"
            aria-pressed={camera.torch.on}
            aria-label={t('scan.torch')}
            onClick={camera.torch.toggle}
          >
            <IconBulb size={22} aria-hidden />
          </ActionIcon>
        )}
      </div>
      <UnstyledButton
        className={classes.shutter}
        aria-label={t('photo.shutter', { target })}
        disabled={!on}
        onClick={() => void shoot()}
      />
    </section>
  );
}
