import { Grid, Skeleton, Stack, Text } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Output } from '../../app/api/contract.ts';
import { useApi } from '../../app/api/queries.ts';
import { ConfirmButton } from '../../shared/confirm-button.tsx';
import { DateTime, Day } from '../../shared/date-time.tsx';
import { Facts } from '../../shared/facts.tsx';
import { Notice } from '../../shared/notice.tsx';
import { PageError } from '../../shared/page-error.tsx';
import { PageHeader } from '../../shared/page-header.tsx';
import { Section } from '../../shared/section.tsx';
import { StaleNotice } from '../../shared/stale-notice.tsx';
import { MandateBadge } from '../debits/badges.tsx';
import { groupedIban } from '../debits/grouped-iban.ts';
import { useReasonWords } from '../debits/reason-words.ts';
import { useStep } from '../debits/step-mutation.ts';
import { ReasonStep } from '../../shared/reason-step.tsx';

type Mandate = Output<'GET /mandates/{id}'>;
const BACK = '/finance/direct-debits?view=mandates';

/** A mandate, how it is used, and what became of it. */
export function MandatePage() {
  const { t } = useTranslation('dunning');
  const { id } = useParams({ from: '/session/finance/mandates/$id' });
  const { data, error, refetch } = useApi('GET /mandates/{id}', { id }, { live: ['direct-debits'] });
  if (error && !data) return <PageError error={error} onRetry={refetch} back={BACK} />;
  if (!data) return <Skeleton h={320} radius="md" />;
  return (
    <>
      <StaleNotice error={error} refetch={refetch} />
      <PageHeader
        title={t('mandates.title', { reference: data.reference })}
        back={BACK}
        lead={`${data.merchantNumber} ${data.merchantName}`}
        aside={<MandateBadge state={data.state} />}
        actions={<Steps mandate={data} />}
      />
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, md: 7 }}>
          <Told mandate={data} />
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <History mandate={data} />
        </Grid.Col>
      </Grid>
    </>
  );
}

function Told({ mandate }: { mandate: Mandate }) {
  const { t } = useTranslation('dunning');
  const { preNotificationDays: notice, lastUsedOn, state } = mandate;
  const isLive = state === 'active' || state === 'blocked';
  return (
    <Section title={t('debits.mandate')}>
      {isLive && mandate.ofOtherCreditor && <Notice tone="warn">{t('mandates.ofOtherCreditor')}</Notice>}
      <Facts
        facts={[
          [t('mandates.debtorName'), mandate.debtorName],
          [t('mandates.iban'), groupedIban(mandate.iban)],
          [t('mandates.bic'), mandate.bic],
          [t('mandates.creditorId'), mandate.creditorId],
          [t('mandates.scheme'), t(`mandates.schemes.${mandate.scheme}`)],
          [t('mandates.kind'), t(`mandates.kinds.${mandate.kind}`)],
          [t('mandates.signedOn'), <Day key="signed" on={mandate.signedOn} />],
          [t('mandates.notice'), notice !== null && t('mandates.noticeDays', { count: notice })],
          [t('mandates.lastUsed'), lastUsedOn && <Day key="used" on={lastUsedOn} />],
          [t('mandates.until'), mandate.state === 'active' && <Day key="until" on={mandate.usableUntil} />],
        ]}
      />
      {mandate.final && <Text>{t('mandates.final')}</Text>}
    </Section>
  );
}

function History({ mandate: { history } }: { mandate: Mandate }) {
  const { t } = useTranslation('dunning');
  const words = useReasonWords();
  return (
    <Section title={t('mandates.history')}>
      <Stack component="ul" gap="sm" m={0} p={0} style={{ listStyle: 'none' }}>
        {history.map(({ action, reason, at }) => (
          <li key={`${action} ${at}`}>
            <Text fw={600}>{t(`mandates.actions.${action}`)}</Text>
            <Text fz="sm" c="dimmed" component="div">
              <DateTime at={at} />
              {reason && ` · ${words(reason)}`}
            </Text>
          </li>
        ))}
      </Stack>
    </Section>
  );
}

function Steps({ mandate: { id, reference, state, final } }: { mandate: Mandate }) {
  const { t } = useTranslation('dunning');
  const revoke = useStep('POST /mandates/{id}/revoke');
  const unblock = useStep('POST /mandates/{id}/unblock');
  const end = useStep('POST /mandates/{id}/final');
  if (state !== 'active' && state !== 'blocked') return null;
  return (
    <>
      {state === 'blocked' && (
        <ReasonStep
          label={t('mandates.unblock')}
          question={t('mandates.unblockQuestion', { reference })}
          consequence={t('mandates.unblockConsequence')}
          danger={false}
          onConfirm={(reason) => unblock.mutateAsync({ id, reason })}
        />
      )}
      {state === 'active' && !final && (
        <ConfirmButton
          label={t('mandates.end')}
          question={t('mandates.endQuestion', { reference })}
          consequence={t('mandates.endConsequence')}
          danger={false}
          size="xs"
          onConfirm={() => end.mutateAsync({ id })}
        />
      )}
      <ReasonStep
        label={t('mandates.revoke')}
        question={t('mandates.revokeQuestion', { reference })}
        consequence={t('mandates.revokeConsequence')}
        onConfirm={(reason) => revoke.mutateAsync({ id, reason })}
      />
    </>
  );
}
