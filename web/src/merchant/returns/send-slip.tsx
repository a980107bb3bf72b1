import { Button, Group, Modal, Select, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Input } from '../../app/api/contract.ts';
import { useApiMutation } from '../../app/api/queries.ts';
import { useFormats } from '../../app/i18n/formats.ts';
import { ErrorState } from '../../shared/error-state.tsx';
import { Notice } from '../../shared/notice.tsx';
import { lacksAddress } from './slip.ts';

type Language = NonNullable<Input<'POST /returns/{id}/send-slip'>['language']>;

export interface SendSlipProps {
  returnId: string;
  opened: boolean;
  onClose: () => void;
}

/** Mails the consumer a link to the sheet that goes into the parcel (C13). */
export function SendSlip({ returnId, opened, onClose }: SendSlipProps) {
  const { t } = useTranslation('merchant');
  const { t: c } = useTranslation();
  const { day } = useFormats();
  const [language, setLanguage] = useState<Language | null>(null);
  const send = useApiMutation('POST /returns/{id}/send-slip', {
    onSuccess: ({ linkEndsOn }) => {
      notifications.show({ message: t('return.slipSent', { day: day(linkEndsOn) }) });
      onClose();
    },
  });
  const close = () => {
    send.reset();
    onClose();
  };
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={t('return.sendSlipQuestion')}
      closeButtonProps={{ 'aria-label': c('action.close') }}
    >
      <Stack gap="md">
        <Text>{t('return.sendSlipWill')}</Text>
        <Select
          label={t('return.slipLanguage')}
          placeholder={t('return.slipUsualLanguage')}
          clearable
          clearButtonProps={{ 'aria-label': t('return.slipUsualLanguage') }}
          data={[
            { value: 'de', label: 'Deutsch' },
            { value: 'en', label: 'English' },
          ]}
          value={language}
          onChange={(chosen) => setLanguage(chosen as Language | null)}
        />
        {send.error &&
          (lacksAddress(send.error) ? (
            <Notice tone="warn" role="alert">
              {t('return.slipNoAddress')}
            </Notice>
          ) : (
            <ErrorState error={send.error} />
          ))}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {c('action.cancel')}
          </Button>
          <Button
            loading={send.isPending}
            onClick={() => send.mutate({ id: returnId, ...(language ? { language } : {}) })}
          >
            {t('return.sendSlipNow')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
