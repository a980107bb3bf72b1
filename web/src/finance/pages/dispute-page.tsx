import { Skeleton, Stack, Text } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../app/api/queries.ts';
import { DisputeDesk } from '../../shared/disputes/dispute-desk.tsx';
import { ChargeList } from '../../shared/evidence/charge-list.tsx';
import { LetterButton } from '../../shared/letter-dialog.tsx';
import { NotesPanel } from '../../shared/notes-panel.tsx';
import { PageError } from '../../shared/page-error.tsx';
import { PageHeader } from '../../shared/page-header.tsx';
import { Section } from '../../shared/section.tsx';
import { StaleNotice } from '../../shared/stale-notice.tsx';
import { StateBadge } from '../../shared/state-badge.tsx';

/** What a merchant disputes of a batch, beside what the batch costs it; settled here, piece by piece. */
export function DisputePage() {
  const { t } = useTranslation('finance');
  const { id } = useParams({ from: '/session/finance/disputes/$id' });
  const { data, error, refetch } = useApi('GET /rtv-batches/{id}', { id }, { live: true });
  const { merchantId = '' } = data ?? {};
  const merchant = useApi(
    'GET /merchants/{id}',
    { id: merchantId },
    { enabled: merchantId !== '', staleTimeMs: 60_000 },
  ).data;
  if (error && !data) return <PageError error={error} onRetry={refetch} back="/finance/disputes" />;
  if (!data) return <Skeleton h={320} radius="md" />;
  return (
    <>
      <StaleNotice error={error} refetch={refetch} />
      <PageHeader
        title={t('disputes.batch', { number: data.number })}
        back="/finance/disputes"
        lead={merchant && `${merchant.number} ${merchant.name}`}
        aside={<StateBadge of="batch" value={data.state} />}
        actions={<LetterButton merchantId={data.merchantId} about={{ type: 'rtvBatch', id }} consumer={false} />}
      />
      <Stack gap="lg">
        <DisputeDesk batch={data} />
        <Section title={t('disputes.handling')}>
          <Text c="dimmed" fz="sm">
            {t('disputes.creditHint')}
          </Text>
          <ChargeList filters={{ sourceId: id }} desk="/finance" withSum />
        </Section>
        <NotesPanel subject="batch" subjectId={id} />
      </Stack>
    </>
  );
}
