import { Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../app/i18n/formats.ts';
import { DateTime } from '../../shared/date-time.tsx';
import { ChargeList } from '../../shared/evidence/charge-list.tsx';
import { Section } from '../../shared/section.tsx';
import type { StorageDay } from './days.ts';

/** A day of storage: what was recorded by whom, and what it is charged with. */
export function DayDetail({ merchantId, one }: { merchantId: string; one: StorageDay }) {
  const { t, i18n } = useTranslation('finance');
  const { day: dayWords, number } = useFormats();
  const { day, kind, snapshots, silent } = one;
  const sourceOf = (source: string) =>
    i18n.exists(`finance:storage.sources.${source}`) ? String(t(`storage.sources.${source}` as never)) : source;
  return (
    <Section title={t('storage.dayTitle', { day: dayWords(day) })}>
      {kind !== 'recorded' && (
        <Text>
          {silent.length
            ? t('storage.silentOn', { count: silent.length, names: silent.join(', ') })
            : t(`storage.kindText.${kind}`)}
        </Text>
      )}
      {snapshots.length > 0 && (
        <Table.ScrollContainer minWidth={480} type="native">
          <Table verticalSpacing="xs">
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">{t('storage.warehouse')}</Table.Th>
                <Table.Th scope="col">{t('storage.source')}</Table.Th>
                <Table.Th scope="col" className="numeric">
                  {t('storage.places')}
                </Table.Th>
                <Table.Th scope="col" className="numeric">
                  {t('storage.quantity')}
                </Table.Th>
                <Table.Th scope="col" className="numeric">
                  {t('storage.volume')}
                </Table.Th>
                <Table.Th scope="col">{t('storage.recorded')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {snapshots.map((header) => (
                <Table.Tr key={header.id}>
                  <Table.Th scope="row" fw={500}>
                    {header.warehouse}
                  </Table.Th>
                  <Table.Td>{sourceOf(header.source)}</Table.Td>
                  <Table.Td className="numeric">{number(header.lines)}</Table.Td>
                  <Table.Td className="numeric">{number(Number(header.quantity))}</Table.Td>
                  <Table.Td className="numeric">
                    {header.volumeM3 === null ? '–' : `${number(Number(header.volumeM3))} m³`}
                  </Table.Td>
                  <Table.Td>
                    <DateTime at={header.recordedAt} />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {snapshots.length > 0 && (
        <ChargeList filters={{ merchantId, chargeType: 'storage', from: day, to: day }} desk="/finance" withSum />
      )}
    </Section>
  );
}
