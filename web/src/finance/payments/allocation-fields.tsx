import { Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useApiAll } from '../../app/api/queries.ts';
import { useFormats } from '../../app/i18n/formats.ts';
import { DecimalInput } from '../rate-cards/editor/decimal-input.tsx';
import { centsOf } from './amount.ts';

/** Decimal text per document, as typed. */
export type Typed = Readonly<Record<string, string | undefined>>;

export interface AllocationFieldsProps {
  merchantId: string;
  /** What there is to allocate; negative for money that went out. */
  mostMinor: number;
  typed: Typed;
  onChange: (typed: Typed) => void;
}

/** The open documents of a merchant, each with what is paid of it, and what is left of the money. */
export function AllocationFields({ merchantId, mostMinor, typed, onChange }: AllocationFieldsProps) {
  const { t } = useTranslation('payments');
  const { money, day } = useFormats();
  const { data } = useApiAll('GET /open-items', { merchantId });
  const open = (data ?? []).filter(({ openMinor }) => Math.sign(openMinor) === Math.sign(mostMinor));
  const rest = Math.abs(mostMinor) - allocationsOf(typed).reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  if (!data) return null;
  return (
    <Stack gap="sm">
      {!open.length && <Text c="dimmed">{t('allocate.none')}</Text>}
      {open.map(({ invoiceId, number, openMinor, dueDate }) => (
        <DecimalInput
          key={invoiceId}
          label={number}
          description={t('allocate.open', { amount: money(Math.abs(openMinor)), day: day(dueDate) })}
          value={typed[invoiceId]}
          rightSection="€"
          onChange={(value) => onChange({ ...typed, [invoiceId]: value })}
        />
      ))}
      <Group justify="space-between" role="status">
        <Text fw={600}>{t('allocate.rest')}</Text>
        <Text fw={600} className="tabular" c={rest < 0 ? 'var(--k-bad)' : undefined}>
          {money(rest)}
        </Text>
      </Group>
      {rest < 0 && <Text c="var(--k-bad)">{t('allocate.tooMuch')}</Text>}
    </Stack>
  );
}

/** What was typed, without what pays nothing. */
export const allocationsOf = (typed: Typed): { invoiceId: string; amountMinor: number }[] =>
  Object.entries(typed).flatMap(([invoiceId, decimal]) => {
    const amountMinor = centsOf(decimal);
    return amountMinor === undefined ? [] : [{ invoiceId, amountMinor }];
  });

/** Whether every field says an amount or nothing, and all of them no more than there is. */
export const isAllocable = (typed: Typed, mostMinor: number): boolean =>
  Object.values(typed).every((decimal) => !decimal || centsOf(decimal) !== undefined) &&
  allocationsOf(typed).reduce((sum, { amountMinor }) => sum + amountMinor, 0) <= Math.abs(mostMinor);
