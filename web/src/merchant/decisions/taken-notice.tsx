import { Alert } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

/** What was to be decided was decided by somebody else or by the deadline. */
export function TakenNotice({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('merchant');
  const { t: c } = useTranslation();
  return (
    <Alert
      role="alert"
      variant="light"
      color="orange"
      icon={<IconInfoCircle aria-hidden />}
      title={t('decisions.takenTitle')}
      styles={{ title: { color: 'var(--k-warn)' } }}
      withCloseButton
      closeButtonLabel={c('action.close')}
      onClose={onClose}
    >
      {t('decisions.takenText')}
    </Alert>
  );
}
