import { Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Notice } from './notice.tsx';

export interface StaleNoticeProps {
  /** What asking again ended with; nothing is shown without one. */
  error: Error | null;
  refetch: () => unknown;
}

/**
 * Above what is shown already when asking again failed: it may be old, and it stays, with all that was typed into it.
 * A page leaves only for an error that comes before any data.
 */
export function StaleNotice({ error, refetch }: StaleNoticeProps) {
  const { t } = useTranslation();
  if (!error) return null;
  return (
    <Notice tone="warn" role="status">
      <Group justify="space-between" gap="xs">
        <Text span>{t('error.old')}</Text>
        <Button variant="default" size="compact-md" onClick={() => void refetch()}>
          {t('action.retry')}
        </Button>
      </Group>
    </Notice>
  );
}
