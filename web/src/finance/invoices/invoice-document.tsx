import { Anchor, Button, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Output } from '../../app/api/contract.ts';
import { useApiMutation } from '../../app/api/queries.ts';
import { ErrorState } from '../../shared/error-state.tsx';
import { Notice } from '../../shared/notice.tsx';
import { Section } from '../../shared/section.tsx';
import { DeliveryBadge } from './badges.tsx';
import { DocumentFinding } from './document-finding.tsx';

type Invoice = Output<'GET /invoices/{id}'>;

/** What became of the document of an invoice: why it is parked, or its hashes. */
export function InvoiceDocument({ invoice }: { invoice: Invoice }) {
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
