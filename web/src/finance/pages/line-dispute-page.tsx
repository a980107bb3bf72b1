import { Anchor, Card, Grid, Group, Skeleton, Stack } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Output } from '../../app/api/contract.ts';
import { useApi } from '../../app/api/queries.ts';
import { useFormats } from '../../app/i18n/formats.ts';
import { DateTime } from '../../shared/date-time.tsx';
import { ChargeList } from '../../shared/evidence/charge-list.tsx';
import { useChargeWords } from '../../shared/evidence/words.ts';
import { Facts } from '../../shared/facts.tsx';
import { LetterHistory } from '../../shared/letter-history.tsx';
import { LineDisputeBadge, WaitingBadge } from '../../shared/line-disputes/dispute-badge.tsx';
import { Thread } from '../../shared/line-disputes/thread.tsx';
import { WriteMessage } from '../../shared/line-disputes/write-message.tsx';
import { Money } from '../../shared/money.tsx';
import { PageError } from '../../shared/page-error.tsx';
import { PageHeader } from '../../shared/page-header.tsx';
import { Section } from '../../shared/section.tsx';
import { StaleNotice } from '../../shared/stale-notice.tsx';
import { SettleForm } from '../line-disputes/settle-form.tsx';

type Dispute = Output<'GET /line-disputes/{id}'>;

/** A line that a merchant disputes: what it is about, what was written, what stands behind it, and how it ends (H11). */
export function LineDisputePage() {
  const { t } = useTranslation('disputes');
  const { id } = useParams({ from: '/session/finance/line-disputes/$id' });
  // a correction by somebody else changes what is left to decide on
  const live = ['line-disputes', 'invoices'];
  const { data, error, refetch } = useApi('GET /line-disputes/{id}', { id }, { live });
  if (error && !data) return <PageError error={error} onRetry={refetch} back="/finance/line-disputes" />;
  if (!data) return <Skeleton h={320} radius="md" />;
  const { position, label, merchantNumber, merchantName, state, lineId } = data;
  return (
    <>
      <StaleNotice error={error} refetch={refetch} />
      <PageHeader
        title={t('line', { position, label })}
        back="/finance/line-disputes"
        lead={`${merchantNumber} ${merchantName}`}
        aside={
          <Group gap="xs">
            <LineDisputeBadge state={state} />
            <WaitingBadge dispute={data} />
          </Group>
        }
      />
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, md: 7 }}>
          <Stack gap="lg">
            <Section title={t('thread.title')}>
              <Thread dispute={data} reader="house" />
              {state === 'open' && (
                <WriteMessage disputeId={id} label={t('finance.write')} description={t('finance.writeHint')} />
              )}
            </Section>
            <Section title={t('finance.evidence')}>
              <ChargeList filters={{ lineId }} desk="/finance" withSum />
            </Section>
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <Stack gap="lg">
            <About dispute={data} />
            {state === 'open' && (
              <Section title={t('finance.decide')}>
                <SettleForm dispute={data} />
              </Section>
            )}
            <Card>
              <LetterHistory documentId={id} order={2} />
            </Card>
          </Stack>
        </Grid.Col>
      </Grid>
    </>
  );
}

function About({ dispute }: { dispute: Dispute }) {
  const { t } = useTranslation('disputes');
  const { money } = useFormats();
  const { monthOf } = useChargeWords();
  const { invoiceId, invoiceNumber, currency, serviceMonth, reason, openedAt } = dispute;
  const { disputedNetMinor, lineNetMinor, remainingNetMinor } = dispute;
  const inFull = { amount: money(lineNetMinor, currency) };
  return (
    <Section title={t('finance.facts')}>
      <Facts
        facts={[
          [
            t('finance.invoice'),
            <Anchor key="invoice" component={Link} to={`/finance/invoices/${invoiceId}` as never} underline="always">
              {invoiceNumber}
            </Anchor>,
          ],
          [t('finance.service'), monthOf(serviceMonth)],
          [t('finance.lineNet'), <Money key="net" minor={lineNetMinor} currency={currency} />],
          [
            t('finance.left'),
            remainingNetMinor !== lineNetMinor && <Money key="left" minor={remainingNetMinor} currency={currency} />,
          ],
          [t('reason'), t(`reasons.${reason}`)],
          [t('amount'), disputedNetMinor === null ? t('whole', inFull) : money(disputedNetMinor, currency)],
          [t('since'), <DateTime key="since" at={openedAt} />],
        ]}
      />
    </Section>
  );
}
