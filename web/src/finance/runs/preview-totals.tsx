import { Box, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ItemOf } from '../../app/api/contract.ts';
import { useFormats } from '../../app/i18n/formats.ts';
import { Facts } from '../../shared/facts.tsx';
import { Money } from '../../shared/money.tsx';
import { Section } from '../../shared/section.tsx';

type Row = ItemOf<'GET /billing-runs/preview'>;

/** What the merchants come to that are loaded; a preview of many comes in pages. */
export function PreviewTotals({ rows, hasMore }: { rows: readonly Row[]; hasMore: boolean }) {
  const { t } = useTranslation('finance');
  const { number } = useFormats();
  if (!rows.length) return null;
  const sumOf = (part: (row: Row) => number) => rows.reduce((sum, row) => sum + part(row), 0);
  const blocked = rows.filter(({ findings }) => findings.some(({ blocks }) => blocks)).length;
  return (
    <Box mb="lg">
      <Section title={t('run.totals')}>
        <Facts
          facts={[
            [t('run.net'), <Money key="net" minor={sumOf(({ netMinor }) => netMinor)} />],
            [t('run.gross'), <Money key="gross" minor={sumOf(({ grossMinor }) => grossMinor)} />],
            [t('run.merchants'), number(rows.length)],
            [t('run.charges'), number(sumOf(({ chargeCount }) => chargeCount))],
            [t('run.blocked'), number(blocked)],
          ]}
        />
        {hasMore && (
          <Text c="dimmed" fz="sm" mt="sm">
            {t('preview.shown', { count: rows.length })}
          </Text>
        )}
      </Section>
    </Box>
  );
}
