import { Card, Group, Stack, Text, Title } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Output } from '../../app/api/contract.ts';
import { useFormats } from '../../app/i18n/formats.ts';
import { currentLanguage } from '../../app/i18n/texts.ts';
import { DownloadButton } from '../download-button.tsx';
import { Money } from '../money.tsx';
import { ChargeList, type ChargeListProps } from './charge-list.tsx';
import classes from './evidence.module.css';
import { Unfold } from './unfold.tsx';
import { useChargeWords } from './words.ts';

type Invoice = Output<'GET /invoices/{id}'>;
export type Line = Invoice['lines'][number];

export interface InvoiceLinesProps {
  invoice: Pick<Invoice, 'id' | 'kind' | 'state' | 'lines' | 'currency'>;
  /** Where the pages of returns and batches are; the desk of whoever looks. */
  desk: ChargeListProps['desk'];
  /** What else a desk shows of a line. */
  beside?: (line: Line) => ReactNode;
}

/** The lines of an invoice by section; each opens the charges it was made of, and each of those its photos (X2). */
export function InvoiceLines({ invoice, desk, beside }: InvoiceLinesProps) {
  const { sectionOf } = useChargeWords();
  const sections = [...Map.groupBy(invoice.lines, ({ section }) => section)];
  return (
    <Stack gap="lg">
      {sections.map(([section, lines]) => (
        <Stack key={section} gap="xs">
          <Group justify="space-between" wrap="nowrap" align="baseline">
            <Title order={3} size="h5">
              {sectionOf(section)}
            </Title>
            <Text fw={600} className="numeric">
              <Money minor={lines.reduce((sum, { netMinor }) => sum + netMinor, 0)} currency={invoice.currency} />
            </Text>
          </Group>
          {lines.map((line) => (
            <LineCard
              key={line.id}
              line={line}
              currency={invoice.currency}
              desk={desk}
              isLive={invoice.kind === 'invoice' && invoice.state === 'finalized'}
            >
              {line.chargeType === 'storage' && invoice.state !== 'draft' && (
                <StorageDays invoiceId={invoice.id} line={line} />
              )}
              {beside?.(line)}
            </LineCard>
          ))}
        </Stack>
      ))}
    </Stack>
  );
}

/** Every day, bin and SKU behind a storage line (F7); a draft has no links to them yet. */
function StorageDays({ invoiceId, line: { id: lineId, label } }: { invoiceId: string; line: Line }) {
  const { t } = useTranslation('records');
  return (
    <DownloadButton
      route="GET /invoices/{id}/lines/{lineId}/storage.csv"
      input={{ id: invoiceId, lineId, language: currentLanguage() }}
      variant="subtle"
      size="sm"
      px="xs"
      ml="calc(var(--mantine-spacing-xs) * -1)"
      w="fit-content"
      aria-label={`${t('evidence.days')}: ${label}`}
    >
      {t('evidence.days')}
    </DownloadButton>
  );
}

interface LineCardProps {
  line: Line;
  currency: string;
  desk: InvoiceLinesProps['desk'];
  /** It is billed, so that something of it may have been credited. */
  isLive: boolean;
  /** What else stands behind the line. */
  children?: ReactNode;
}

function LineCard({ line, currency, desk, isLive, children }: LineCardProps) {
  const { t } = useTranslation('records');
  const { quantityOf, unitOf, priceOf, monthOf } = useChargeWords();
  const { money } = useFormats();
  const [opened, setOpened] = useState(false);
  const { label, serviceMonth, quantity, unit, unitPrice, baseQuantity, netMinor, remainingNetMinor, chargeCount } =
    line;
  const isCredited = isLive && remainingNetMinor !== netMinor;
  const remains = remainingNetMinor
    ? t('documents.remains', { amount: money(remainingNetMinor, currency) })
    : t('documents.isTakenBack');
  const counted = { quantity: quantityOf(quantity), unit: unitOf(unit, quantity), price: priceOf(unitPrice, currency) };
  return (
    <Card p="sm" component="section" aria-label={label}>
      <Group justify="space-between" wrap="nowrap" align="flex-start" gap="sm">
        <Text fw={600}>{label}</Text>
        <Text fw={600} className="numeric">
          <Money minor={netMinor} currency={currency} />
        </Text>
      </Group>
      <Group justify="space-between" wrap="nowrap" gap="xs" mih={36}>
        <Text fz="sm" c="dimmed" className="tabular">
          {Number(baseQuantity) === 1
            ? t('evidence.perUnit', counted)
            : t('evidence.perBase', { ...counted, base: quantityOf(baseQuantity) })}
          {` · ${monthOf(serviceMonth)}`}
          {isCredited && ` · ${remains}`}
        </Text>
        {chargeCount > 0 && line.correctsLineId === null && (
          <Unfold
            opened={opened}
            onToggle={() => setOpened(!opened)}
            label={t('evidence.charges', { count: chargeCount })}
            of={label}
          />
        )}
      </Group>
      {children}
      {opened && (
        <div className={classes.detail}>
          <ChargeList filters={{ lineId: line.id }} desk={desk} />
        </div>
      )}
    </Card>
  );
}
