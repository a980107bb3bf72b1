import { Button, Skeleton, Stack, Text } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Output } from '../../app/api/contract.ts';
import { useApi, useApiMutation } from '../../app/api/queries.ts';
import { hasRole } from '../../app/session/desks.ts';
import { useUser } from '../../app/session/session.ts';
import { DateTime } from '../date-time.tsx';
import { ErrorState } from '../error-state.tsx';
import { Notice } from '../notice.tsx';
import { PageHeader } from '../page-header.tsx';
import { StaleNotice } from '../stale-notice.tsx';
import { Section } from '../section.tsx';
import { InvariantEntry } from './invariant-entry.tsx';

type SelfCheck = Output<'GET /self-check'>;

/** While a check runs somebody waits for it; otherwise the next one comes within a minute. */
const WATCH_MS = { running: 1_500, resting: 20_000 };
const ORDER = ['violated', 'unknown', 'kept', 'impossible'] as const;

/** What must always be true of the data, whether it is, and what to do where it is not. */
export function SelfCheckPage() {
  const { t } = useTranslation('checks');
  const check = useApi('GET /self-check', {});
  const start = useApiMutation('POST /self-check');
  const user = useUser();
  const { refetch } = check;
  const running = check.data?.running ?? false;
  useEffect(() => {
    const timer = setInterval(() => void refetch(), running ? WATCH_MS.running : WATCH_MS.resting);
    return () => clearInterval(timer);
  }, [refetch, running]);
  return (
    <>
      <PageHeader
        title={t('title')}
        lead={t('lead')}
        actions={
          hasRole(user, 'admin') && (
            <Button loading={start.isPending} disabled={running} onClick={() => start.mutate({})}>
              {running ? t('running') : t('start')}
            </Button>
          )
        }
      />
      {check.isPending && <Skeleton h={160} />}
      {check.error && !check.data && <ErrorState error={check.error} onRetry={check.refetch} />}
      {start.error && <ErrorState error={start.error} />}
      {check.data && (
        <Stack gap="lg">
          <StaleNotice error={check.error} refetch={check.refetch} />
          <Outcome check={check.data} />
          {ORDER.map((state) => (
            <Group key={state} state={state} check={check.data} />
          ))}
        </Stack>
      )}
    </>
  );
}

/** The one sentence that most people come for. */
function Outcome({ check }: { check: SelfCheck }) {
  const { t } = useTranslation('checks');
  const { violated, unknown, finishedAt, invariants } = check;
  if (!finishedAt)
    return (
      <Notice tone="info" title={t('neverTitle')} role="status">
        {t('neverText')}
      </Notice>
    );
  return (
    <Stack gap="xs">
      {violated > 0 && (
        <Notice tone="bad" title={t('violatedTitle', { count: violated })} role="alert">
          {t('violatedText')}
        </Notice>
      )}
      {unknown > 0 && (
        <Notice tone="warn" title={t('unknownTitle', { count: unknown })} role="status">
          {t('unknownText')}
        </Notice>
      )}
      {violated + unknown === 0 && (
        <Notice tone="good" title={t('keptTitle')} role="status">
          {t('keptText', { count: invariants.length })}
        </Notice>
      )}
      <Text c="dimmed" fz="sm" component="div">
        {t('last')}: <DateTime at={finishedAt} />
      </Text>
    </Stack>
  );
}

function Group({ state, check }: { state: (typeof ORDER)[number]; check: SelfCheck }) {
  const { t } = useTranslation('checks');
  const members = check.invariants.filter((invariant) => invariant.state === state);
  if (!members.length) return null;
  return (
    <Section title={`${t(`section.${state}`)} (${members.length})`}>
      <Stack gap="sm" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
        {members.map((invariant) => (
          <InvariantEntry key={invariant.id} invariant={invariant} />
        ))}
      </Stack>
    </Section>
  );
}
