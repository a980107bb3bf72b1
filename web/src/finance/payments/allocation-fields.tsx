import { Group, Skeleton, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../app/i18n/formats.ts';
import { ErrorState } from '../../shared/error-state.tsx';
import { MoneyInput } from '../../shared/figure-input.tsx';
import type { AllocationDraft } from './use-allocations.ts';

/** The open documents of a merchant, each with what is paid of it, and what is left of the money. */
export function AllocationFields({ draft }: { draft: AllocationDraft }) {
  const { t } = useTranslation('payments');
  const { money, day } = useFormats();
  const { open, typed, type, restMinor, error, retry } = draft;
  if (error) return <ErrorState error={error} onRetry={retry} />;
  if (!open) return <Skeleton h={96} radius="md" />;
  return (
    <Stack gap="sm">
      {!open.length && <Text c="dimmed">{t('allocate.none')}</Text>}
      {open.map(({ invoiceId, number, openMinor, dueDate }) => (
        <MoneyInput
          key={invoiceId}
          label={number}
          description={t('allocate.open', { amount: money(Math.abs(openMinor)), day: day(dueDate) })}
          value={typed[invoiceId]}
          onChange={(value) => type(invoiceId, value)}
        />
      ))}
      <Group justify="space-between" role="status">
        <Text fw={600}>{t('allocate.rest')}</Text>
        <Text fw={600} className="tabular" c={restMinor < 0 ? 'var(--k-bad)' : undefined}>
          {money(restMinor)}
        </Text>
      </Group>
      {restMinor < 0 && <Text c="var(--k-bad)">{t('allocate.tooMuch')}</Text>}
    </Stack>
  );
}
