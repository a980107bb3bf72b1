import { Group, Skeleton, Stack, Text } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { useQueries } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { callApi } from '../../app/api/client.ts';
import { apiKey } from '../../app/api/queries.ts';
import type { Output } from '../../app/api/contract.ts';
import { useFormats } from '../../app/i18n/formats.ts';
import { EmptyState } from '../../shared/empty-state.tsx';
import { InvoiceLines } from '../../shared/evidence/invoice-lines.tsx';
import { Facts } from '../../shared/facts.tsx';
import { Money } from '../../shared/money.tsx';
import { NotesPanel } from '../../shared/notes-panel.tsx';
import { PageError } from '../../shared/page-error.tsx';
import { PageHeader } from '../../shared/page-header.tsx';
import { Section } from '../../shared/section.tsx';
import { StaleNotice } from '../../shared/stale-notice.tsx';
import { Change } from '../parts/change.tsx';
import { billedInvoices, billedNetOf } from '../runs/compared-rows.ts';
import { IssueCredit } from '../runs/issue-credit.tsx';
import { InvoiceState } from '../invoices/badges.tsx';
import { Findings } from '../runs/findings.tsx';
import { RowState } from '../runs/row-columns.tsx';
import { RunSteps } from '../runs/run-steps.tsx';
import { LIVE_RUNS, usePreviousRun, useRun, type RunRow } from '../runs/run.ts';
import { SectionTotals } from '../runs/section-totals.tsx';

/** One merchant in a run: findings, totals against the month before, and the draft with all of its lines. */
export function RunRowPage() {
  const { t } = useTranslation('finance');
  const { day } = useFormats();
  const { id, merchantId } = useParams({ from: '/session/finance/runs/$id/$merchantId' });
  const { data: run, error, refetch } = useRun(id);
  const previous = usePreviousRun(run);
  if (error && !run) return <PageError error={error} onRetry={refetch} back="/finance" />;
  if (!run) return <Skeleton h={320} radius="md" />;
  const row = run.rows.find((one) => one.merchantId === merchantId);
  if (!row)
    return (
      <>
        <PageHeader title={t('row.missing')} back={`/finance/runs/${id}`} />
        <EmptyState title={t('row.missing')} text={t('row.missingText')} />
      </>
    );
  const before = previous?.rows.find((one) => one.merchantId === merchantId);
  return (
    <>
      <StaleNotice error={error} refetch={refetch} />
      <PageHeader
        title={`${row.merchantNumber} ${row.merchantName}`}
        back={`/finance/runs/${id}`}
        lead={t('row.lead', { cutoff: day(run.cutoff) })}
        aside={<RowState row={row} />}
        actions={
          <>
            <RunSteps run={run} chosen={[merchantId]} />
            <IssueCredit row={row} runId={id} currency={run.currency} />
          </>
        }
      />
      <Stack gap="lg">
        {row.findings.length > 0 && (
          <Section title={t('run.findings')}>
            <Findings row={row} runId={id} cutoff={run.cutoff} />
          </Section>
        )}
        <Totals row={row} before={before} currency={run.currency} />
        <Documents row={row} before={before} />
        <NotesPanel subject="merchant" subjectId={merchantId} order={2} />
      </Stack>
    </>
  );
}

function Totals({ row, before, currency }: { row: RunRow; before: RunRow | undefined; currency: string }) {
  const { t } = useTranslation('finance');
  const { number } = useFormats();
  return (
    <Section title={t('run.totals')}>
      <Facts
        facts={[
          [t('run.net'), <Money key="net" minor={row.netMinor} currency={currency} />],
          [t('run.gross'), <Money key="gross" minor={row.grossMinor} currency={currency} />],
          [
            t('run.change'),
            <Change
              key="change"
              minor={row.netMinor}
              beforeMinor={before && billedNetOf(before)}
              currency={currency}
            />,
          ],
          [t('run.charges'), row.chargeCount === null ? null : <span key="charges">{number(row.chargeCount)}</span>],
        ]}
      />
    </Section>
  );
}

type Invoice = Output<'GET /invoices/{id}'>;

function Documents({ row, before }: { row: RunRow; before: RunRow | undefined }) {
  const { t } = useTranslation('finance');
  const { t: r } = useTranslation('records');
  const titleOf = ({ kind, number }: Invoice) =>
    number ? r(`documents.title.${kind}`, { number }) : t(kind === 'creditNote' ? 'row.creditDraft' : 'row.draft');
  const invoices = useInvoices(row.invoices);
  const billedBefore = before && billedInvoices(before);
  const earlier = useInvoices(billedBefore);
  if (!row.invoices.length) return <Text c="dimmed">{t('row.noDraft')}</Text>;
  if (invoices.length < row.invoices.length) return <Skeleton h={240} radius="md" />;
  const live = invoices.filter(({ state, corrects }) => state !== 'cancelled' && corrects === null);
  return (
    <>
      <SectionTotals invoices={live} before={billedBefore?.length ? earlier : undefined} />
      {[...live, ...invoices.filter((invoice) => !live.includes(invoice))].map((invoice) => (
        <Section
          key={invoice.id}
          title={titleOf(invoice)}
          aside={
            <Group gap="md">
              {invoice.state === 'cancelled' && <InvoiceState state={invoice.state} />}
              {invoice.number && (
                <Text
                  component={Link}
                  to={`/finance/invoices/${invoice.id}`}
                  c="var(--mantine-color-anchor)"
                  td="underline"
                >
                  {t('row.openInvoice')}
                </Text>
              )}
              <Text fw={650}>
                <Money minor={invoice.netMinor} currency={invoice.currency} />
              </Text>
            </Group>
          }
        >
          {invoice.state === 'draft' && (
            <Text c="dimmed" fz="sm">
              {t('row.draftHint')}
            </Text>
          )}
          <InvoiceLines invoice={invoice} desk="/finance" />
        </Section>
      ))}
    </>
  );
}

function useInvoices(known: RunRow['invoices'] = []): Invoice[] {
  const answers = useQueries({
    queries: known.map(({ id }) => ({
      queryKey: apiKey('GET /invoices/{id}', { id }),
      queryFn: ({ signal }: { signal: AbortSignal }) => callApi('GET /invoices/{id}', { id }, { signal }),
      meta: { live: LIVE_RUNS },
    })),
  });
  return answers.flatMap(({ data }) => (data ? [data] : []));
}
