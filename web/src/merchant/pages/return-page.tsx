import { Grid, Skeleton, Stack } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../app/api/queries.ts';
import { ChargeList } from '../../shared/evidence/charge-list.tsx';
import { PageHeader } from '../../shared/page-header.tsx';
import { StateBadge } from '../../shared/state-badge.tsx';
import { StaleNotice } from '../../shared/stale-notice.tsx';
import { PageError } from '../parts/page-error.tsx';
import { Section } from '../parts/section.tsx';
import { BeforeArrival } from '../returns/before-arrival.tsx';
import { ItemList } from '../returns/item-list.tsx';
import { MessagesAbout } from '../returns/messages-about.tsx';
import { Outcome } from '../returns/outcome.tsx';
import { ReturnQuestions } from '../returns/return-questions.tsx';
import { ReturnFacts } from '../returns/return-facts.tsx';
import { Story } from '../returns/story.tsx';

/** A return with everything a merchant may know of it. */
export function ReturnPage() {
  const { t } = useTranslation('merchant');
  const { id } = useParams({ from: '/session/merchant/desk/returns/$id' });
  const { data, error, refetch } = useApi('GET /returns/{id}', { id }, { live: true });
  if (error && !data) return <PageError error={error} onRetry={refetch} back="/merchant/returns" />;
  if (!data) return <Skeleton h={320} radius="md" />;
  return (
    <>
      <StaleNotice error={error} refetch={refetch} />
      <PageHeader
        title={t('return.title', { number: data.number })}
        back="/merchant/returns"
        aside={<StateBadge of="return" value={data.state} />}
        actions={<BeforeArrival parcel={data} />}
      />
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, md: 8 }}>
          <Stack gap="lg">
            <ReturnQuestions returnId={id} merchantId={data.merchantId} />
            <ItemList parcel={data} />
            <Section title={t('return.costs')}>
              <ChargeList filters={{ sourceId: id }} desk="/merchant" withSum sameCause />
            </Section>
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 4 }}>
          <Stack gap="lg">
            <ReturnFacts parcel={data} />
            <Outcome parcel={data} />
            <Story parcel={data} />
            <MessagesAbout documentId={id} />
          </Stack>
        </Grid.Col>
      </Grid>
    </>
  );
}
