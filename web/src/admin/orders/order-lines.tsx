import { Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../app/i18n/formats.ts';
import { Section } from '../parts/section.tsx';
import type { Order } from './draft.ts';

/** What was ordered, and how much of it has left the house. */
export function OrderLines({ order }: { order: Order }) {
  const { t } = useTranslation('admin');
  const { number } = useFormats();
  return (
    <Section title={t('orders.lines')}>
      <Table verticalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('orders.article')}</Table.Th>
            <Table.Th scope="col" className="numeric">
              {t('orders.ordered')}
            </Table.Th>
            <Table.Th scope="col" className="numeric">
              {t('orders.shipped')}
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {order.lines.map(({ id, sku, name, quantity, shippedQuantity }) => (
            <Table.Tr key={id}>
              <Table.Th scope="row" fw={500} style={{ overflowWrap: 'anywhere' }}>
                {name || sku}
                {name && (
                  <Text c="dimmed" fz="sm">
                    {sku}
                  </Text>
                )}
              </Table.Th>
              <Table.Td className="numeric">{number(quantity)}</Table.Td>
              <Table.Td className="numeric">{number(shippedQuantity)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Section>
  );
}
