import { Anchor, Box, Card, Grid, Skeleton, Stack, Text } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Output } from '../../app/api/contract.ts';
import { useApi, useApiAll } from '../../app/api/queries.ts';
import { useFormats } from '../../app/i18n/formats.ts';
import { currentLanguage } from '../../app/i18n/texts.ts';
import { hasRole } from '../../app/session/desks.ts';
import { useUser } from '../../app/session/session.ts';
import { Day } from '../../shared/date-time.tsx';
import { RelatedDocuments } from '../../shared/documents/related-documents.tsx';
import { DownloadButton } from '../../shared/download-button.tsx';
import { InvoiceLines } from '../../shared/evidence/invoice-lines.tsx';
import { Facts } from '../../shared/facts.tsx';
import { LetterButton } from '../../shared/letter-dialog.tsx';
import { LetterHistory } from '../../shared/letter-history.tsx';
import { Money } from '../../shared/money.tsx';
import { NotesPanel } from '../../shared/notes-panel.tsx';
import { Notice } from '../../shared/notice.tsx';
import { PageError } from '../../shared/page-error.tsx';
import { PageHeader } from '../../shared/page-header.tsx';
import { Section } from '../../shared/section.tsx';
import { StaleNotice } from '../../shared/stale-notice.tsx';
import { InvoiceState } from '../invoices/badges.tsx';
import { InvoiceDunning } from '../invoices/invoice-dunning.tsx';
import { InvoicePayments } from '../invoices/invoice-payments.tsx';
import { CancelInvoice } from '../invoices/cancel-invoice.tsx';
import { creditable } from '../invoices/credit-draft.ts';
import { CreditInvoice } from '../invoices/credit-invoice.tsx';
import { InvoiceDocument } from '../invoices/invoice-document.tsx';
import { LineDisputeLink } from '../line-disputes/line-link.tsx';

type Invoice = Output<'GET /invoices/{id}'>;

/** An invoice with its lines down to the charges, its VAT, its document and every e-mail about it. */
export function InvoicePage() {
  const { t } = useTranslation('finance');
  const { t: r } = useTranslation('records');
  const { id } = useParams({ from: '/session/finance/invoices/$id' });
  const { data, error, refetch } = useApi('GET /invoices/{id}', { id }, { live: true });
  const { data: disputes = [] } = useApiAll('GET /line-disputes', { invoiceId: id }, { live: true });
  if (error && !data) return <PageError error={error} onRetry={refetch} back="/finance/invoices" />;
  if (!data) return <Skeleton h={320} radius="md" />;
  return (
    <>
      <StaleNotice error={error} refetch={refetch} />
      <PageHeader
        title={data.number ? r(`documents.title.${data.kind}`, { number: data.number }) : t('row.draft')}
        back="/finance/invoices"
        lead={
          <>
            {data.merchantNumber} {data.merchantName} · <Day on={data.periodFrom} /> – <Day on={data.periodTo} />
          </>
        }
        aside={<InvoiceState state={data.state} />}
        actions={<Actions invoice={data} />}
      />
      {data.state === 'cancelled' && <Reopened invoice={data} />}
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, md: 8 }}>
          <Section title={t('invoices.lines')}>
            <InvoiceLines
              invoice={data}
              desk="/finance"
              beside={(line) => <LineDisputeLink disputes={disputes.filter(({ lineId }) => lineId === line.id)} />}
            />
          </Section>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 4 }}>
          <Stack gap="lg">
            <Totals invoice={data} />
            <InvoicePayments invoice={data} />
            <RelatedDocuments invoice={data} desk="/finance" />
            <InvoiceDocument invoice={data} />
            <InvoiceDunning invoice={data} />
            <Card>
              <LetterHistory documentId={id} order={2} />
            </Card>
            <NotesPanel subject="invoice" subjectId={id} order={2} />
          </Stack>
        </Grid.Col>
      </Grid>
    </>
  );
}

function Actions({ invoice }: { invoice: Invoice }) {
  const { t } = useTranslation('finance');
  const user = useUser();
  const { id, merchantId, state, document, xmlSha256, kind, lines, corrections } = invoice;
  if (state === 'draft') return null;
  return (
    <>
      {document === 'ready' && (
        <DownloadButton route="GET /invoices/{id}/document.pdf" input={{ id }} variant="filled">
          {t('invoices.pdf')}
        </DownloadButton>
      )}
      {xmlSha256 && (
        <DownloadButton route="GET /invoices/{id}/document.xml" input={{ id }}>
          {t('invoices.xml')}
        </DownloadButton>
      )}
      <DownloadButton route="GET /invoices/{id}/evidence.csv" input={{ id, language: currentLanguage() }}>
        {t('invoices.evidence')}
      </DownloadButton>
      {kind === 'invoice' && state === 'finalized' && hasRole(user, 'finance', 'admin') && (
        <>
          {creditable(lines).length > 0 && <CreditInvoice invoice={invoice} />}
          {corrections.length === 0 && <CancelInvoice invoice={invoice} />}
        </>
      )}
      <LetterButton merchantId={merchantId} about={{ type: 'invoice', id }} />
    </>
  );
}

/** What to do once an invoice is cancelled: its charges wait to be billed again. */
function Reopened({ invoice: { runId, merchantId, cutoff } }: { invoice: Invoice }) {
  const { t } = useTranslation('finance');
  const { day } = useFormats();
  return (
    <Box mb="lg">
      <Notice tone="warn" title={t('corrections.wasCancelled')}>
        <Stack gap="xs">
          <Text>{t('corrections.openAgain', { cutoff: day(cutoff) })}</Text>
          <Anchor component={Link} to={`/finance/runs/${runId}/${merchantId}`} w="fit-content" td="underline">
            {t('corrections.billAgain')}
          </Anchor>
        </Stack>
      </Notice>
    </Box>
  );
}

function Totals({ invoice }: { invoice: Invoice }) {
  const { t } = useTranslation('finance');
  const { t: r } = useTranslation('records');
  const { percent } = useFormats();
  const { kind, currency, netMinor, grossMinor, vat, issueDate, dueDate } = invoice;
  return (
    <Section title={t('run.totals')}>
      <Facts
        facts={[
          [t('run.net'), <Money key="net" minor={netMinor} currency={currency} />],
          ...vat.map(
            ({ category, rateBasisPoints, vatMinor }) =>
              [
                r(`documents.vatOf.${category}`, { rate: percent(rateBasisPoints / 10_000) }),
                <Money key={`${category}-${rateBasisPoints}`} minor={vatMinor} currency={currency} />,
              ] as const,
          ),
          [t('run.gross'), <Money key="gross" minor={grossMinor} currency={currency} />],
          [t('invoices.issued'), issueDate && <Day key="issued" on={issueDate} />],
          [t('invoices.due'), kind === 'invoice' && dueDate && <Day key="due" on={dueDate} />],
          [t('invoices.run'), <Day key="run" on={invoice.cutoff} />],
        ]}
      />
    </Section>
  );
}
