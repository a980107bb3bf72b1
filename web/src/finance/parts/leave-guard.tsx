import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

/** Whoever leaves something unsaved is asked first. */
export function LeaveGuard({ isDirty }: { isDirty: boolean }) {
  const { t } = useTranslation('finance');
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
          {t('editor.leaveTitle')}
        </Text>
      }
      closeButtonProps={{ 'aria-label': t('editor.stay') }}
    >
      <Stack gap="md">
        <Text>{t('editor.leaveText')}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={() => blocker.proceed?.()}>
            {t('editor.leave')}
          </Button>
          <Button onClick={() => blocker.reset?.()} data-autofocus>
            {t('editor.stay')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
