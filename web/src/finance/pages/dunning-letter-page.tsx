import { Anchor, Button, Card, Grid, Skeleton, Stack, Table, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Output } from '../../app/api/contract.ts';
import { useApi } from '../../app/api/queries.ts';
import { Day } from '../../shared/date-time.tsx';
import { DownloadButton } from '../../shared/download-button.tsx';
import { LetterBadge } from '../../shared/dunning/letter-badge.tsx';
import { useLevelWords } from '../../shared/dunning/level-words.ts';
import { ErrorState } from '../../shared/error-state.tsx';
import { Facts } from '../../shared/facts.tsx';
import { LetterHistory } from '../../shared/letter-history.tsx';
import { Money } from '../../shared/money.tsx';
import { Notice } from '../../shared/notice.tsx';
import { PageError } from '../../shared/page-error.tsx';
import { PageHeader } from '../../shared/page-header.tsx';
import { Section } from '../../shared/section.tsx';
import { StaleNotice } from '../../shared/stale-notice.tsx';
import { useStep } from '../debits/step-mutation.ts';
import { DocumentFinding } from '../invoices/document-finding.tsx';

type Letter = Output<'GET /dunning-letters/{id}'>;

/** A dunning letter: what it demands, its document, and what became of its mails. */
export function DunningLetterPage() {
  const { t } = useTranslation('dunning');
  const { id } = useParams({ from: '/session/finance/dunning-letters/$id' });
  const { data, error, refetch } = useApi('GET /dunning-letters/{id}', { id }, { live: ['dunning', 'invoices'] });
  if (error && !data) return <PageError error={error} onRetry={refetch} back="/finance/dunning" />;
  if (!data) return <Skeleton h={320} radius="md" />;
  const { number, merchantNumber, merchantName, document } = data;
  return (
    <>
      <StaleNotice error={error} refetch={refetch} />
      <PageHeader
        title={number}
        back="/finance/dunning"
        lead={`${merchantNumber} ${merchantName}`}
        aside={<LetterBadge letter={data} />}
        actions={
          document === 'ready' && (
            <DownloadButton route="GET /dunning-letters/{id}/document.pdf" input={{ id }} variant="filled">
              {t('letter.pdf')}
            </DownloadButton>
          )
        }
      />
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, md: 7 }}>
          <Stack gap="lg">
            {document === 'parked' && <Parked letter={data} />}
            {data.delivery === 'bounced' && <Notice tone="bad">{t('letter.bouncedText')}</Notice>}
            <Invoices letter={data} />
            <Card>
              <LetterHistory documentId={id} order={2} />
            </Card>
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <About letter={data} />
        </Grid.Col>
      </Grid>
    </>
  );
}

/** Why there is no document, and the way out of it. */
function Parked({ letter: { id, documentError, documentFinding } }: { letter: Letter }) {
  const { t } = useTranslation('dunning');
  const retry = useStep('POST /dunning-letters/{id}/document/retry');
  const again = () => retry.mutate({ id }, { onSuccess: () => notifications.show({ message: t('letter.retried') }) });
  return (
    <Notice tone="bad" title={t('letter.documents.parked')}>
      <Stack gap="xs">
        {documentFinding ? (
          <DocumentFinding finding={documentFinding} remedy={t('letter.remedy')} />
        ) : (
          <Text>{documentError}</Text>
        )}
        <Text fz="sm">{t('letter.parkedText')}</Text>
        <Button w="fit-content" variant="default" loading={retry.isPending} onClick={again}>
          {t('letter.retry')}
        </Button>
        {retry.error && <ErrorState error={retry.error} />}
      </Stack>
    </Notice>
  );
}

function Invoices({ letter: { invoices } }: { letter: Letter }) {
  const { t } = useTranslation('dunning');
  const level = useLevelWords();
  return (
    <Section title={t('letter.invoices')}>
      <Table aria-label={t('letter.invoices')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('run.invoice')}</Table.Th>
            <Table.Th>{t('run.level')}</Table.Th>
            <Table.Th ta="right">{t('run.open')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {invoices.map((invoice) => (
            <Table.Tr key={invoice.invoiceId}>
              <Table.Td>
                <Anchor component={Link} to={`/finance/invoices/${invoice.invoiceId}`} inherit>
                  {invoice.number}
                </Anchor>
              </Table.Td>
              <Table.Td>{level(invoice.level)}</Table.Td>
              <Table.Td ta="right">
                <Money minor={invoice.openMinor} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Section>
  );
}

function About({ letter }: { letter: Letter }) {
  const { t } = useTranslation('dunning');
  const level = useLevelWords();
  return (
    <Section title={t('letter.about')}>
      <Facts
        facts={[
          [t('run.level'), level(letter.level)],
          [t('letter.issued'), <Day key="issued" on={letter.issueDate} />],
          [t('letter.payBy'), <Day key="by" on={letter.payBy} />],
          [t('run.open'), <Money key="open" minor={letter.openMinor} />],
          [t('letter.claims'), <Money key="claims" minor={letter.claimsMinor} />],
          [t('letter.total'), <Money key="total" minor={letter.totalMinor} />],
        ]}
      />
      <Anchor component={Link} to={`/finance/dunning/${letter.runId}`} fz="sm" w="fit-content">
        {t('letter.run')}
      </Anchor>
    </Section>
  );
}
