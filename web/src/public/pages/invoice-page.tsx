import { Button, Card, Group, Skeleton, Stack, Text } from '@mantine/core';
import { IconClockX, IconDownload, IconFileInvoice, IconLockOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { publicApi } from '../../app/api/client.ts';
import type { Output } from '../../app/api/contract.ts';
import { useFormats } from '../../app/i18n/formats.ts';
import { Day, DateTime } from '../../shared/date-time.tsx';
import { Facts } from '../../shared/facts.tsx';
import { Money } from '../../shared/money.tsx';
import { Notice } from '../../shared/notice.tsx';
import { PageHeader } from '../../shared/page-header.tsx';
import { PublicFrame } from '../frame.tsx';
import { RefusedLink, type Reasons } from '../refused-link.tsx';

type Invoice = Output<'GET /invoice-links/{token}'>;

/** What the link in the mail of an invoice opens: the document and its files, without a log-in. */
export function PublicInvoicePage() {
  const { token } = useParams({ from: '/public/invoice/$token' });
  const { data, error, refetch } = useQuery({
    queryKey: ['public', 'GET /invoice-links/{token}', token],
    queryFn: ({ signal }) => publicApi('GET /invoice-links/{token}', { token }, { signal }),
    staleTime: 0,
  });
  return (
    <PublicFrame>
      {data ? (
        <Shown invoice={data} token={token} />
      ) : error ? (
        <NoInvoice error={error} onRetry={refetch} />
      ) : (
        <Skeleton h={320} />
      )}
    </PublicFrame>
  );
}

function Shown({ invoice, token }: { invoice: Invoice; token: string }) {
  const { t } = useTranslation('public');
  const { kind, number, corrects, currency, issuerName, merchantName, expiresAt } = invoice;
  const { issueDate, periodFrom, periodTo, netMinor, vatMinor, grossMinor } = invoice;
  const money = (minor: number) => <Money minor={minor} currency={currency} />;
  return (
    <>
      <PageHeader
        title={t(`invoice.title.${kind}`, { number })}
        lead={t('invoice.lead', { issuer: issuerName, merchant: merchantName })}
      />
      <Stack gap="lg">
        <Card component="section" aria-label={t('invoice.amount')}>
          <Stack gap="md">
            <Amount invoice={invoice} />
            <Corrections invoice={invoice} />
            <Facts
              facts={[
                [t('invoice.issued'), <Day key="issued" on={issueDate} />],
                [t('invoice.corrects'), corrects?.number],
                [t('invoice.period'), <Period key="period" from={periodFrom} to={periodTo} />],
                [t('invoice.net'), money(netMinor)],
                [t('invoice.vat'), money(vatMinor)],
                [t('invoice.gross'), money(grossMinor)],
              ]}
            />
          </Stack>
        </Card>
        <Files invoice={invoice} token={token} />
        <Text c="dimmed" fz="sm">
          {t('invoice.until')} <DateTime at={expiresAt} />
        </Text>
      </Stack>
    </>
  );
}

const Period = ({ from, to }: { from: Invoice['periodFrom']; to: Invoice['periodTo'] }) => (
  <span>
    <Day on={from} /> – <Day on={to} />
  </span>
);

/** What is to be paid as of now, how and when; corrections and what was cancelled or settled ask for nothing. */
function Amount({ invoice }: { invoice: Invoice }) {
  const { t } = useTranslation('public');
  const { grossMinor, currency } = invoice;
  const payable = payableOf(invoice);
  const asks = payable < grossMinor ? 'invoice.stillToPay' : 'invoice.toPay';
  return (
    <div>
      <Text c="dimmed">{t(payable <= 0 ? 'invoice.amount' : debitOf(invoice) ? 'invoice.toCollect' : asks)}</Text>
      <Text fz={30} fw={650}>
        <Money minor={payable > 0 ? payable : grossMinor} currency={currency} />
      </Text>
      <HowToPay invoice={invoice} payable={payable} />
    </div>
  );
}

function payableOf({ kind, now, payableMinor, grossMinor }: Invoice): number {
  if (kind !== 'invoice' || now?.isCancelled) return 0;
  return now ? now.openMinor : (payableMinor ?? grossMinor);
}

/** The mail may have told another way or day of payment than the one agreed on since. */
const debitOf = ({ now, directDebit }: Invoice) => (now ? now.directDebit : directDebit);

function HowToPay({ invoice, payable }: { invoice: Invoice; payable: number }) {
  const { t } = useTranslation('public');
  const { day } = useFormats();
  const { kind, dueDate, issueDate, now } = invoice;
  const debit = debitOf(invoice);
  if (payable <= 0)
    return <Text>{t(kind === 'invoice' && !now?.isCancelled ? 'invoice.settled' : 'invoice.nothingToPay')}</Text>;
  return (
    <>
      {debit ? (
        <Text>{t('invoice.collected', { day: day(debit.collectedOn), mandate: debit.mandateReference })}</Text>
      ) : (
        <Text>
          {t('invoice.due')} <Day on={dueDate} />
        </Text>
      )}
      {!now && <Text c="dimmed">{t('invoice.asIssued', { day: day(issueDate) })}</Text>}
    </>
  );
}

/** The documents that took it back, or part of it. */
function Corrections({ invoice: { now, currency } }: { invoice: Invoice }) {
  const { t } = useTranslation('public');
  const { day, money } = useFormats();
  return now?.corrections.map(({ kind, number, issueDate, grossMinor }) => {
    const words = { number, day: day(issueDate), amount: money(grossMinor, currency) };
    return (
      <Notice key={number} tone={kind === 'cancellation' ? 'warn' : 'info'}>
        {t(kind === 'cancellation' ? 'invoice.cancelledBy' : 'invoice.correctedBy', words)}
      </Notice>
    );
  });
}

/** Plain links: whoever has this page has the right to the files. */
function Files({ invoice: { pdf, xml }, token }: { invoice: Invoice; token: string }) {
  const { t } = useTranslation('public');
  const place = (kind: string) => `/api/v1/invoice-links/${encodeURIComponent(token)}/document.${kind}`;
  return (
    <Group gap="sm">
      <Button
        component="a"
        size="lg"
        href={place('pdf')}
        download={pdf.filename}
        leftSection={<IconFileInvoice size={20} aria-hidden />}
      >
        {t('invoice.pdf')}
      </Button>
      {xml && (
        <Button
          component="a"
          size="lg"
          variant="default"
          href={place('xml')}
          download={xml.filename}
          leftSection={<IconDownload size={20} aria-hidden />}
        >
          {t('invoice.xml')}
        </Button>
      )}
    </Group>
  );
}

const REASONS: Reasons<'expired' | 'ended' | 'unknown'> = {
  LINK_EXPIRED: { icon: IconClockX, key: 'expired' },
  INVOICE_LINK_ENDED: { icon: IconLockOff, key: 'ended' },
};

/** Why a link leads to no document. */
function NoInvoice({ error, onRetry }: { error: Error; onRetry: () => unknown }) {
  const { t } = useTranslation('public');
  const say = (key: 'expired' | 'ended' | 'unknown') => [t(`invoice.${key}Title`), t(`invoice.${key}Text`)] as const;
  return <RefusedLink error={error} onRetry={onRetry} reasons={REASONS} unknown="unknown" say={say} />;
}
