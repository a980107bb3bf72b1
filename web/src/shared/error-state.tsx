import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../app/api/errors.ts';
import { useErrorText } from './error-text.ts';

/** A failure with what to do about it. */
export function ErrorState({ error, onRetry }: { error: unknown; onRetry?: () => unknown }) {
  const { t } = useTranslation();
  const text = useErrorText();
  const said = text(error);
  // a sentence about an unknown code has it already
  const id = error instanceof ApiError && !said.includes(error.requestId ?? ' ') ? error.requestId : undefined;
  return (
    <Alert
      variant="light"
      color="red"
      icon={<IconAlertTriangle aria-hidden />}
      title={t('error.title')}
      role="alert"
      styles={{ title: { color: 'var(--k-bad)' } }}
    >
      <Stack gap="sm">
        <Text>{said}</Text>
        {id && (
          <Text fz="sm" c="dimmed">
            {t('error.requestId', { id })}
          </Text>
        )}
        {onRetry && (
          <Group>
            <Button variant="default" onClick={() => void onRetry()}>
              {t('action.retry')}
            </Button>
          </Group>
        )}
      </Stack>
    </Alert>
  );
}
