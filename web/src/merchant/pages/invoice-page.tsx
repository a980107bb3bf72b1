import { Grid, Skeleton, Stack } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useApi, useApiAll } from '../../app/api/queries.ts';
import { Day } from '../../shared/date-time.tsx';
import { RelatedDocuments } from '../../shared/documents/related-documents.tsx';
import { InvoiceLines } from '../../shared/evidence/invoice-lines.tsx';
import { Money } from '../../shared/money.tsx';
import { PageHeader } from '../../shared/page-header.tsx';
import { useFormats } from '../../app/i18n/formats.ts';
import { currentLanguage } from '../../app/i18n/texts.ts';
import { DownloadButton } from '../../shared/download-button.tsx';
import { DocumentState } from '../invoices/document-state.tsx';
import { LineDisputes } from '../invoices/line-dispute.tsx';
import { Facts } from '../parts/facts.tsx';
import { PageError } from '../parts/page-error.tsx';
import { Section } from '../parts/section.tsx';
import { MessagesAbout } from '../returns/messages-about.tsx';
import { PayBadge } from '../../shared/pay-badge.tsx';
import { StaleNotice } from '../../shared/stale-notice.tsx';
import { Notice } from '../../shared/notice.tsx';

/** An invoice of which every line opens what it was made of. */
export function InvoicePage() {
  const { t } = useTranslation('merchant');
  const { t: r } = useTranslation('records');
  const { percent } = useFormats();
  const { id } = useParams({ from: '/session/merchant/desk/invoices/$id' });
  const { data, error, refetch } = useApi('GET /invoices/{id}', { id }, { live: ['direct-debits'] });
  const { data: disputes = [] } = useApiAll('GET /line-disputes', { invoiceId: id }, { live: true });
  if (error && !data) return <PageError error={error} onRetry={refetch} back="/merchant/invoices" />;
  if (!data) return <Skeleton h={320} radius="md" />;
  const openMinor = data.openMinor ?? 0;
  // what a correction of no invoice owes
  const isOwed = openMinor < 0;
  const { number, currency, periodFrom, periodTo, document, directDebit: debit } = data;
  return (
    <>
      <StaleNotice error={error} refetch={refetch} />
      <PageHeader
        title={r(`documents.title.${data.kind}`, { number: number ?? '–' })}
        back="/merchant/invoices"
        lead={
          <>
            <Day on={periodFrom} /> – <Day on={periodTo} />
          </>
        }
        aside={<DocumentState state={data.state} />}
        actions={
          <>
            {document === 'ready' && (
              <DownloadButton route="GET /invoices/{id}/document.pdf" input={{ id }} variant="filled">
                {t('invoices.pdf')}
              </DownloadButton>
            )}
            {data.xmlSha256 && (
              <DownloadButton route="GET /invoices/{id}/document.xml" input={{ id }}>
                {t('invoices.xml')}
              </DownloadButton>
            )}
            <DownloadButton route="GET /invoices/{id}/evidence.csv" input={{ id, language: currentLanguage() }}>
              {t('invoices.evidence')}
            </DownloadButton>
          </>
        }
      />
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, md: 8 }}>
          <Section title={t('invoices.lines')}>
            <InvoiceLines
              invoice={data}
              desk="/merchant"
              beside={(line) => (
                <LineDisputes
                  {...{ invoice: data, line }}
                  disputes={disputes.filter(({ lineId }) => lineId === line.id)}
                />
              )}
            />
          </Section>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 4 }}>
          <Stack gap="lg">
            <Section title={t('invoices.total')} aside={<PayBadge invoice={data} reader="merchant" />}>
              <Facts
                facts={[
                  [t('invoices.net'), <Money key="net" minor={data.netMinor} currency={currency} />],
                  ...data.vat.map(
                    ({ category, rateBasisPoints, vatMinor }) =>
                      [
                        r(`documents.vatOf.${category}`, { rate: percent(rateBasisPoints / 10_000) }),
                        <Money key={category} minor={vatMinor} currency={currency} />,
                      ] as const,
                  ),
                  [t('invoices.gross'), <Money key="gross" minor={data.grossMinor} currency={currency} />],
                  [t('invoices.issued'), <Day key="issued" on={data.issueDate} />],
                  [
                    r(isOwed ? 'pay.owed.merchant' : 'pay.amount'),
                    (data.kind === 'invoice' || isOwed) && (
                      <Money key="open" minor={isOwed ? -openMinor : openMinor} currency={currency} />
                    ),
                  ],
                  [t('invoices.due'), data.kind === 'invoice' && !debit && <Day key="due" on={data.dueDate} />],
                  [t('invoices.collectedOn'), debit && <Day key="collected" on={debit.collectedOn} />],
                  [t('invoices.mandate'), debit?.mandateReference],
                ]}
              />
              {document !== 'ready' && <Notice tone="info">{t('invoices.pdfLater')}</Notice>}
            </Section>
            <RelatedDocuments invoice={data} desk="/merchant" />
            <MessagesAbout documentId={id} />
          </Stack>
        </Grid.Col>
      </Grid>
    </>
  );
}
