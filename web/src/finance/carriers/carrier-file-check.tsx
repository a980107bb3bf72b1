import { Card, Stack, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Output } from '../../app/api/contract.ts';
import type { carriers } from '../../locales/de/carriers.ts';
import { Notice } from '../../shared/notice.tsx';

type Checked = Output<'POST /carrier-invoices/csv'>;
const COLUMNS = [
  'carrier',
  'number',
  'invoicedOn',
  'line',
  'trackingNumber',
  'kind',
  'amount',
  'currency',
  'text',
] as const;
const CODES = [
  'UNKNOWN_KIND',
  'DUPLICATE',
  'DIFFERS',
  'INCOMPLETE',
  'IN_THE_FUTURE',
  'CARRIER_INVOICE_EXISTS',
] as const satisfies (keyof typeof carriers.mistake)[];

/** What a file would do, or everything that is wrong with it. */
export function CarrierFileCheck({ checked: { invoices, errors, ignoredColumns } }: { checked: Checked }) {
  const { t } = useTranslation('carriers');
  const count = invoices.reduce((sum, { lines }) => sum + lines, 0);
  const matched = invoices.reduce((sum, one) => sum + one.matched, 0);
  return (
    <Stack gap="md">
      {errors.length > 0 ? (
        <Notice role="alert" tone="bad" title={t('import.errors', { count: errors.length })}>
          {t('import.errorsText')}
        </Notice>
      ) : (
        <Notice role="status" tone="good" title={t('import.ready')}>
          {invoices.some(({ isNew }) => isNew) ? t('import.readyText', { count, matched }) : t('import.known')}
        </Notice>
      )}
      {ignoredColumns.length > 0 && (
        <Text fz="sm" c="dimmed">
          {t('import.ignored', { columns: ignoredColumns.join(', ') })}
        </Text>
      )}
      {errors.length > 0 && <Mistakes errors={errors} />}
    </Stack>
  );
}

function Mistakes({ errors }: Pick<Checked, 'errors'>) {
  const { t } = useTranslation('carriers');
  return (
    <Card p={0}>
      <Table.ScrollContainer minWidth={320} type="native">
        <Table verticalSpacing="sm" horizontalSpacing="md">
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col" className="numeric" w={72}>
                {t('import.line')}
              </Table.Th>
              <Table.Th scope="col">{t('import.column')}</Table.Th>
              <Table.Th scope="col">{t('import.problem')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {errors.map(({ line, field, code }) => (
              <Table.Tr key={`${line}-${field}-${code}`}>
                <Table.Td className="numeric">{line}</Table.Td>
                <Table.Td>{t(`column.${COLUMNS.find((column) => column === field) ?? 'none'}`)}</Table.Td>
                <Table.Td>{t(`mistake.${CODES.find((known) => known === code) ?? 'other'}`)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Card>
  );
}
