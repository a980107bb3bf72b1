import { Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Output } from '../../app/api/contract.ts';
import { Money } from '../money.tsx';
import { ChargeList } from './charge-list.tsx';
import classes from './evidence.module.css';
import { useChargeWords } from './words.ts';

type Invoice = Output<'GET /invoices/{id}'>;
type Line = Invoice['lines'][number];

export interface InvoiceLinesProps {
  invoice: Pick<Invoice, 'lines' | 'currency'>;
  /** Where the pages of returns and batches are; the desk of whoever looks. */
  desk: '/merchant' | '/warehouse';
}

/** The lines of an invoice by section; each opens the charges it was made of, and each of those its photos (X2). */
export function InvoiceLines({ invoice, desk }: InvoiceLinesProps) {
  const { sectionOf } = useChargeWords();
  const sections = [...Map.groupBy(invoice.lines, ({ section }) => section)];
  return (
    <Stack gap="lg">
      {sections.map(([section, lines]) => (
        <Stack key={section} gap="xs">
          <Group justify="space-between">
            <Title order={3} size="h5">
              {sectionOf(section)}
            </Title>
            <Text fw={600}>
              <Money minor={lines.reduce((sum, { netMinor }) => sum + netMinor, 0)} currency={invoice.currency} />
            </Text>
          </Group>
          {lines.map((line) => (
            <LineCard key={line.id} line={line} currency={invoice.currency} desk={desk} />
          ))}
        </Stack>
      ))}
    </Stack>
  );
}

interface LineCardProps {
  line: Line;
  currency: string;
  desk: InvoiceLinesProps['desk'];
}

function LineCard({ line, currency, desk }: LineCardProps) {
  const { t } = useTranslation('records');
  const { quantityOf, unitOf, priceOf } = useChargeWords();
  const [opened, setOpened] = useState(false);
  const { label, serviceMonth, quantity, unit, unitPrice, baseQuantity, netMinor, chargeCount } = line;
  const counted = { quantity: quantityOf(quantity), unit: unitOf(unit), price: priceOf(unitPrice, currency) };
  return (
    <Card p="sm" component="section" aria-label={label}>
      <Group justify="space-between" wrap="nowrap" align="flex-start" gap="sm">
        <Stack gap={2} miw={0}>
          <Text fw={600}>{label}</Text>
          <Text fz="sm" c="dimmed" className="tabular">
            {Number(baseQuantity) === 1
              ? t('evidence.perUnit', counted)
              : t('evidence.perBase', { ...counted, base: quantityOf(baseQuantity) })}
            {` · ${serviceMonth}`}
          </Text>
        </Stack>
        <Stack gap={2} align="flex-end">
          <Text fw={600}>
            <Money minor={netMinor} currency={currency} />
          </Text>
          {chargeCount > 0 && (
            <Button
              variant="subtle"
              size="sm"
              mih={44}
              aria-expanded={opened}
              aria-label={`${t('evidence.charges', { count: chargeCount })}: ${label}`}
              rightSection={<IconChevronDown size={16} aria-hidden className={opened ? classes.turned : ''} />}
              onClick={() => setOpened(!opened)}
            >
              {t('evidence.charges', { count: chargeCount })}
            </Button>
          )}
        </Stack>
      </Group>
      {opened && (
        <div className={classes.detail}>
          <ChargeList filters={{ lineId: line.id }} desk={desk} />
        </div>
      )}
    </Card>
  );
}
