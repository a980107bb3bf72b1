import { Group, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Output } from '../../app/api/contract.ts';
import { Facts } from '../../shared/facts.tsx';
import { Money } from '../../shared/money.tsx';

export interface CreditPreviewProps {
  invoice: Pick<Output<'GET /invoices/{id}'>, 'lines' | 'currency'>;
  preview: Output<'POST /invoices/{id}/credit/preview'>;
  reason: string;
}

/** What a credit note would say, before it is issued. */
export function CreditPreview({ invoice: { lines, currency }, preview, reason }: CreditPreviewProps) {
  const { t } = useTranslation('finance');
  const { t: r } = useTranslation('records');
  return (
    <Stack gap="md" component="section" aria-label={t('corrections.previewTitle')}>
      <Title order={3} size="h5">
        {t('corrections.previewTitle')}
      </Title>
      <Text>{r('documents.reason', { reason })}</Text>
      <Stack gap="xs">
        {preview.lines.map(({ lineId, netMinor }) => (
          <Group key={lineId} justify="space-between" wrap="nowrap">
            <Text>{lines.find(({ id }) => id === lineId)?.label}</Text>
            <Text className="numeric">
              <Money minor={netMinor} currency={currency} />
            </Text>
          </Group>
        ))}
      </Stack>
      <Facts
        facts={[
          [t('corrections.net'), <Money key="net" minor={preview.netMinor} currency={currency} />],
          [t('corrections.vat'), <Money key="vat" minor={preview.vatMinor} currency={currency} />],
          [t('corrections.gross'), <Money key="gross" minor={preview.grossMinor} currency={currency} />],
        ]}
      />
      <Text>{t('corrections.consequence')}</Text>
    </Stack>
  );
}
