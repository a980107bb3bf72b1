import { Button, Stack, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiMutation } from '../../app/api/queries.ts';
import { ErrorState } from '../error-state.tsx';

export const MAX_LENGTH = 2_000;

export interface WriteMessageProps {
  disputeId: string;
  label: string;
  description?: string;
}

/** Writes into an open dispute. */
export function WriteMessage({ disputeId, label, description }: WriteMessageProps) {
  const { t } = useTranslation('disputes');
  const [text, setText] = useState('');
  const send = useApiMutation('POST /line-disputes/{id}/messages', {
    onSuccess: (_, sent) => {
      // what was typed in the meantime stays
      setText((now) => (now.trim() === sent.text ? '' : now));
      notifications.show({ message: t('thread.sent') });
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() && !send.isPending) send.mutate({ id: disputeId, text: text.trim() });
      }}
    >
      <Stack gap="xs">
        <Textarea
          label={label}
          description={description}
          size="md"
          autosize
          minRows={2}
          maxRows={10}
          maxLength={MAX_LENGTH}
          value={text}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
        />
        {send.error && <ErrorState error={send.error} />}
        <Button type="submit" variant="default" w="fit-content" loading={send.isPending} disabled={!text.trim()}>
          {t('thread.send')}
        </Button>
      </Stack>
    </form>
  );
}
