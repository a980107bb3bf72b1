import { Button, Collapse, Group, Skeleton, Stack, Text, Title, UnstyledButton } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ItemOf } from '../app/api/contract.ts';
import { useApiList } from '../app/api/queries.ts';
import { DateTime } from './date-time.tsx';
import { ErrorState } from './error-state.tsx';
import classes from './letter.module.css';
import { LetterContent } from './letter-content.tsx';
import { ToneBadge } from './state-badge.tsx';
import type { Tone } from './tone.ts';

type Message = ItemOf<'GET /messages'>;

const TONES: Record<Message['state'], Tone> = {
  queued: 'info',
  sending: 'info',
  sent: 'good',
  bounced: 'bad',
  failed: 'bad',
  unconfirmed: 'warn',
};

/** Every e-mail about one thing, newest first, each with its content and its delivery. @param order  level of its heading */
export function LetterHistory({ documentId, order = 3 }: { documentId: string; order?: 2 | 3 }) {
  const { t } = useTranslation();
  const heading = useId();
  const list = useApiList('GET /messages', { documentId }, { live: true, pageSize: 20 });
  return (
    <section aria-labelledby={heading}>
      <Stack gap="sm">
        <Title id={heading} order={order} size="h5">
          {t('letter.history')}
        </Title>
        {list.error && !list.items.length && <ErrorState error={list.error} onRetry={list.refetch} />}
        {list.isPending && <Skeleton h={56} radius="md" />}
        {!list.isPending && !list.error && !list.items.length && <Text c="dimmed">{t('letter.historyEmpty')}</Text>}
        {list.items.map((message) => (
          <Entry key={message.id} message={message} />
        ))}
        {list.hasMore && (
          <Button variant="subtle" loading={list.isLoadingMore} onClick={() => void list.loadMore()}>
            {t('action.loadMore')}
          </Button>
        )}
      </Stack>
    </section>
  );
}

function Entry({ message }: { message: Message }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const { subject, recipient, bounce } = message;
  return (
    <div className={classes.entry}>
      <UnstyledButton className={classes.head} aria-expanded={opened} onClick={() => setOpened(!opened)}>
        <div className={classes.words}>
          <Text fw={600}>{subject}</Text>
          <Group gap="xs">
            <Text fz="sm" c="dimmed" className={classes.recipient}>
              {recipient}
            </Text>
            <Text fz="sm" c="dimmed" component="span">
              <DateTime at={message.sentAt ?? message.createdAt} />
            </Text>
          </Group>
          <Group gap="xs" mt={4}>
            <DeliveryState message={message} />
            {message.repeatsId !== null && <Text fz="sm">{t('letter.repetition')}</Text>}
            {bounce && <Text fz="sm">{t(`letter.reasons.${bounce.reason}`)}</Text>}
          </Group>
        </div>
        <IconChevronDown size={20} aria-hidden className={classes.chevron} data-opened={opened || undefined} />
      </UnstyledButton>
      <Collapse expanded={opened}>{opened && <LetterContent id={message.id} />}</Collapse>
    </div>
  );
}

/** Where the message stands; one that came back or is late was sent before. */
function DeliveryState({ message: { state, bounce, delayNote } }: { message: Message }) {
  const { t } = useTranslation();
  if (bounce?.by === 'report') return <ToneBadge tone="bad" label={t('letter.cameBack')} />;
  if (delayNote !== null) return <ToneBadge tone="warn" label={t('letter.delayed')} />;
  return <ToneBadge tone={TONES[state]} label={t(`messageState.${state}`)} />;
}
