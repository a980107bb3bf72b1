import { Group, Skeleton, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import type { Output } from '../app/api/contract.ts';
import { useApi, useApiMutation } from '../app/api/queries.ts';
import { hasRole } from '../app/session/desks.ts';
import { useUser } from '../app/session/session.ts';
import { ConfirmButton } from './confirm-button.tsx';
import { DateTime } from './date-time.tsx';
import { DownloadButton } from './download-button.tsx';
import { ErrorState } from './error-state.tsx';
import classes from './letter.module.css';
import { MailFrame } from './mail-frame.tsx';
import { Notice } from './notice.tsx';

type Message = Output<'GET /messages/{id}'>;

/** A message as it was sent, why it did not arrive, and every word of mail servers about it. */
export function LetterContent({ id }: { id: string }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useApi('GET /messages/{id}', { id }, { live: true, staleTimeMs: 0 });
  if (error && !data) return <ErrorState error={error} onRetry={refetch} />;
  if (!data) return <Skeleton h={160} m="sm" />;
  return (
    <Stack gap="sm" p="sm" pt={0}>
      <WhyNot message={data} />
      <MailFrame html={data.html} title={t('letter.content')} />
      {data.attachments.length > 0 && (
        <Group gap="xs">
          {data.attachments.map(({ index, filename }) => (
            <DownloadButton key={index} route="GET /messages/{id}/attachments/{index}" input={{ id, index }} size="xs">
              {filename}
            </DownloadButton>
          ))}
        </Group>
      )}
      <Words message={data} />
      <Resend message={data} />
    </Stack>
  );
}

/** In words first; what the server said stands below it, because it is made for its like. */
function WhyNot({ message: { state, bounce, delayNote, error } }: { message: Message }) {
  const { t } = useTranslation();
  if (delayNote !== null) return <Notice tone="warn">{t('letter.delayedText', { note: delayNote })}</Notice>;
  if (state === 'unconfirmed') return <Notice tone="warn">{t('letter.unconfirmedText')}</Notice>;
  if (state === 'failed')
    return (
      <Notice tone="bad" title={t('letter.givenUpTitle')}>
        {error && (
          <Text fz="sm" className={classes.recipient}>
            {error}
          </Text>
        )}
      </Notice>
    );
  if (!bounce) return null;
  const reason = t(`letter.reasons.${bounce.reason}`);
  return (
    <Notice tone="bad" title={t(bounce.by === 'report' ? 'letter.cameBackTitle' : 'letter.refusedTitle', { reason })}>
      {error && (
        <Text fz="sm" className={classes.recipient}>
          {t('letter.refusedText')} {error}
        </Text>
      )}
    </Notice>
  );
}

function Words({ message: { deliveries, reports } }: { message: Message }) {
  const { t } = useTranslation();
  return (
    <>
      <Text fz="sm" fw={600}>
        {t('letter.attempts')}
      </Text>
      {deliveries.length === 0 && (
        <Text fz="sm" c="dimmed">
          {t('letter.noAttempt')}
        </Text>
      )}
      {deliveries.map(({ at, outcome, response }, index) => (
        <Text key={index} fz="sm" component="div" className={classes.recipient}>
          <DateTime at={at} /> · {t(`messageOutcome.${outcome}`)} · {response}
        </Text>
      ))}
      {reports.map(({ at, action, diagnostic }, index) => (
        <Text key={index} fz="sm" component="div" className={classes.recipient}>
          <DateTime at={at} /> · {t(`letter.reportActions.${action}`)}
          {diagnostic && ` · ${diagnostic}`}
        </Text>
      ))}
    </>
  );
}

/** To whom it goes is said before: the addresses may be others than those of the first time. */
function Resend({ message: { id, version, isOnItsWay, audience, resendTo } }: { message: Message }) {
  const { t } = useTranslation();
  const user = useUser();
  const resend = useApiMutation('POST /messages/{id}/resend');
  if (!hasRole(user, 'finance', 'admin') || isOnItsWay) return null;
  if (!resendTo.length) return <Notice tone="warn">{t('letter.resendNobody')}</Notice>;
  const send = async () => {
    const { messages } = await resend.mutateAsync({ id, $options: { ifMatch: version } });
    notifications.show({ message: t('letter.resent', { count: messages.length }) });
  };
  return (
    <ConfirmButton
      size="sm"
      w="fit-content"
      danger={false}
      label={t('letter.resend')}
      question={t('letter.resendQuestion', { recipients: resendTo.join(', ') })}
      consequence={t(audience === 'consumer' ? 'letter.resendToConsumer' : 'letter.resendText')}
      onConfirm={send}
    />
  );
}
