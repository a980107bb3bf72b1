import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

/** Asks before what is not stored is lost. */
export function LeaveGuard({ isDirty }: { isDirty: boolean }) {
  const { t } = useTranslation('admin');
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => isDirty && current.pathname !== next.pathname,
    enableBeforeUnload: () => isDirty,
    withResolver: true,
  });
  return (
    <Modal
      opened={blocker.status === 'blocked'}
      onClose={() => blocker.reset?.()}
      title={
        <Text span fw={650} fz="lg">
          {t('save.leaveTitle')}
        </Text>
      }
      closeButtonProps={{ 'aria-label': t('save.stay') }}
    >
      <Stack gap="md">
        <Text>{t('save.leaveText')}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={() => blocker.proceed?.()}>
            {t('save.leave')}
          </Button>
          <Button onClick={() => blocker.reset?.()} data-autofocus>
            {t('save.stay')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
