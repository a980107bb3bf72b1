import { Alert } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { TONE_ICON, type Tone } from './tone.ts';

export interface NoticeProps {
  tone: Tone;
  title?: string;
  children?: ReactNode;
  /** `alert` is read out at once; `status` when there is a pause. */
  role?: 'alert' | 'status';
  onClose?: () => void;
}

/** Something to know on a ground of its tone, with enough contrast in both colour schemes. */
export function Notice({ tone, title, children, role, onClose }: NoticeProps) {
  const { t } = useTranslation();
  const Glyph = TONE_ICON[tone];
  const colour = { color: `var(--k-${tone})` };
  return (
    <Alert
      {...(role ? { role } : {})}
      icon={<Glyph aria-hidden />}
      title={title}
      bg={`var(--k-${tone}-ground)`}
      bd="none"
      styles={{ title: colour, icon: colour, message: { color: 'var(--mantine-color-text)' }, closeButton: colour }}
      {...(onClose ? { withCloseButton: true, closeButtonLabel: t('action.close'), onClose } : {})}
    >
      {children}
    </Alert>
  );
}
