import { Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Output } from '../../app/api/contract.ts';
import { useChargeWords } from '../../shared/evidence/words.ts';
import { Money } from '../../shared/money.tsx';
import { Section } from '../../shared/section.tsx';
import { Change } from '../parts/change.tsx';

type Invoice = Output<'GET /invoices/{id}'>;

export interface SectionTotalsProps {
  invoices: readonly Invoice[];
  /** Of a month before; `undefined` when there was no such run. */
  before: readonly Invoice[] | undefined;
}

/** What the sections of an invoice come to, against a month before. */
export function SectionTotals({ invoices, before }: SectionTotalsProps) {
  const { t } = useTranslation('finance');
  const { sectionOf } = useChargeWords();
  const now = bySection(invoices);
  const then = before && bySection(before);
  const sections = [...new Set([...now.keys(), ...(then?.keys() ?? [])])];
  const currency = invoices[0]?.currency ?? 'EUR';
  const changeOf = (section: string) => (
    <Change minor={now.get(section) ?? 0} beforeMinor={then ? (then.get(section) ?? 0) : null} currency={currency} />
  );
  return (
    <Section title={t('sections.title')}>
      <Table.ScrollContainer minWidth={280} type="native">
        <Table verticalSpacing="xs" horizontalSpacing={6}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('sections.section')}</Table.Th>
              <Table.Th scope="col" className="numeric">
                {t('sections.now')}
              </Table.Th>
              <Table.Th scope="col" className="numeric">
                {t('sections.before')}
              </Table.Th>
              <Table.Th scope="col" className="numeric" visibleFrom="sm">
                {t('run.change')}
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {sections.map((section) => (
              <Table.Tr key={section}>
                <Table.Th scope="row" fw={500}>
                  {sectionOf(section)}
                </Table.Th>
                <Table.Td className="numeric">
                  <Money minor={now.get(section) ?? 0} currency={currency} />
                </Table.Td>
                <Table.Td className="numeric">
                  <Money minor={then ? (then.get(section) ?? 0) : null} currency={currency} />
                  <Text fz="sm" c="dimmed" hiddenFrom="sm" component="div">
                    {changeOf(section)}
                  </Text>
                </Table.Td>
                <Table.Td className="numeric" visibleFrom="sm">
                  {changeOf(section)}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Section>
  );
}

function bySection(invoices: readonly Invoice[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { section, netMinor } of invoices.flatMap(({ lines }) => lines))
    sums.set(section, (sums.get(section) ?? 0) + netMinor);
  return sums;
}
