import { Group, Skeleton, Stack } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../app/api/queries.ts';
import { DateTime } from '../../shared/date-time.tsx';
import { PageHeader } from '../../shared/page-header.tsx';
import { ToneBadge } from '../../shared/state-badge.tsx';
import { StaleNotice } from '../../shared/stale-notice.tsx';
import { MESSAGE_TONES } from '../messages/kinds.ts';
import { MessageText } from '../messages/message-text.tsx';
import { DownloadButton } from '../../shared/download-button.tsx';
import { Facts } from '../parts/facts.tsx';
import { PageError } from '../parts/page-error.tsx';
import { Section } from '../parts/section.tsx';

/** A mail as it was sent, with what became of it. */
export function MessagePage() {
  const { t } = useTranslation('merchant');
  const { id } = useParams({ from: '/session/merchant/desk/messages/$id' });
  const { data, error, refetch } = useApi('GET /messages/{id}', { id });
  if (error && !data) return <PageError error={error} onRetry={refetch} back="/merchant/messages" />;
  if (!data) return <Skeleton h={320} radius="md" />;
  return (
    <>
      <StaleNotice error={error} refetch={refetch} />
      <PageHeader
        title={data.subject}
        back="/merchant/messages"
        aside={<ToneBadge tone={MESSAGE_TONES[data.state]} label={t(`messages.states.${data.state}`)} />}
      />
      <Stack gap="lg" maw={900}>
        <Section title={t('messages.facts')}>
          <Facts
            facts={[
              [t('messages.kind'), t(`messages.kinds.${data.kind}`)],
              [t('messages.recipient'), data.recipient],
              [t('messages.sent'), data.sentAt && <DateTime at={data.sentAt} />],
              [t('messages.error'), data.error],
            ]}
          />
          {data.attachments.length > 0 && (
            <Group gap="sm">
              {data.attachments.map(({ index, filename }) => (
                <DownloadButton key={index} route="GET /messages/{id}/attachments/{index}" input={{ id, index }}>
                  {filename}
                </DownloadButton>
              ))}
            </Group>
          )}
        </Section>
        <Section title={t('messages.content')}>
          <MessageText text={data.text} />
        </Section>
      </Stack>
    </>
  );
}
