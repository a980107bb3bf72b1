import { Anchor, Box, Button, Card, Grid, Skeleton, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Output } from '../../app/api/contract.ts';
import { useApi, useApiAll, useApiMutation } from '../../app/api/queries.ts';
import { useFormats } from '../../app/i18n/formats.ts';
import { hasRole } from '../../app/session/desks.ts';
import { useUser } from '../../app/session/session.ts';
import { Day } from '../../shared/date-time.tsx';
import { RelatedDocuments } from '../../shared/documents/related-documents.tsx';
import { DownloadButton } from '../../shared/download-button.tsx';
import { ErrorState } from '../../shared/error-state.tsx';
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
import { DeliveryBadge, InvoiceState } from '../invoices/badges.tsx';
import { InvoiceDunning } from '../invoices/invoice-dunning.tsx';
import { InvoicePayments } from '../invoices/invoice-payments.tsx';
import { CancelInvoice } from '../invoices/cancel-invoice.tsx';
import { creditable } from '../invoices/credit-draft.ts';
import { CreditInvoice } from '../invoices/credit-invoice.tsx';
import { DocumentFinding } from '../invoices/document-finding.tsx';
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
            <InvoiceDunning invoice={data} />
            <Document invoice={data} />
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
      <DownloadButton route="GET /invoices/{id}/evidence.csv" input={{ id }}>
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
                t(`invoices.vatOf.${category}`, { rate: percent(rateBasisPoints / 10_000) }),
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

function Document({ invoice }: { invoice: Invoice }) {
  const { t } = useTranslation('finance');
  const retry = useApiMutation('POST /invoices/{id}/document/retry');
  const { id, state, document, documentError, documentFinding, pdfSha256, xmlSha256 } = invoice;
  const again = () => retry.mutate({ id }, { onSuccess: () => notifications.show({ message: t('invoices.retried') }) });
  return (
    <Section title={t('invoices.document')} aside={<DeliveryBadge invoice={invoice} />}>
      {state === 'draft' && <Text c="dimmed">{t('invoices.draftOnly')}</Text>}
      {document === 'parked' && (
        <Notice tone="bad" title={t('invoices.noDocument')}>
          <Stack gap="xs">
            {documentFinding ? <DocumentFinding finding={documentFinding} /> : <Text>{documentError}</Text>}
            <Button w="fit-content" variant="default" loading={retry.isPending} onClick={again}>
              {t('invoices.retry')}
            </Button>
          </Stack>
        </Notice>
      )}
      {retry.error && <ErrorState error={retry.error} />}
      {pdfSha256 && (
        <Text fz="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          PDF, SHA-256 {pdfSha256}
        </Text>
      )}
      {xmlSha256 && (
        <Text fz="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          XML, SHA-256 {xmlSha256}
        </Text>
      )}
      <Anchor
        component={Link}
        to="/finance/storage"
        search={{ merchantId: invoice.merchantId, month: invoice.periodTo.slice(0, 7) } as never}
        fz="sm"
        w="fit-content"
      >
        {t('way.storage')}
      </Anchor>
    </Section>
  );
}
