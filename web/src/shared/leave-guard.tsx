import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

/** Asks before what is not stored is lost. @param part  of the search, whose change takes the form off the page, too */
export function LeaveGuard({ isDirty, part }: { isDirty: boolean; part?: string }) {
  const { t } = useTranslation('records');
  const partOf = ({ search }: { search: object }) => (search as Record<string, unknown>)[part!];
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) =>
      isDirty && (current.pathname !== next.pathname || (part !== undefined && partOf(current) !== partOf(next))),
    enableBeforeUnload: () => isDirty,
    withResolver: true,
  });
  return (
    <Modal
      opened={blocker.status === 'blocked'}
      onClose={() => blocker.reset?.()}
      title={
        <Text span fw={650} fz="lg">
          {t('leave.title')}
        </Text>
      }
      closeButtonProps={{ 'aria-label': t('leave.stay') }}
    >
      <Stack gap="md">
        <Text>{t('leave.text')}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={() => blocker.proceed?.()}>
            {t('leave.go')}
          </Button>
          <Button onClick={() => blocker.reset?.()} data-autofocus>
            {t('leave.stay')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
