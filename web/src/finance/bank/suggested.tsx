import { Button, Checkbox, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ItemOf } from '../../app/api/contract.ts';
import { useFormats } from '../../app/i18n/formats.ts';
import { ErrorState } from '../../shared/error-state.tsx';
import { ToneBadge } from '../../shared/state-badge.tsx';
import { useMoneyMutation } from '../payments/money-mutation.ts';

type Entry = ItemOf<'GET /bank-entries'>;
export type Suggestion = Entry['suggestions'][number];
const TONES = { sure: 'good', likely: 'info', possible: 'quiet' } as const;

/** What an entry may belong to, why, and the one click that books it so. */
export function Suggested({ entry, suggestion }: { entry: Entry; suggestion: Suggestion }) {
  const { t } = useTranslation('payments');
  const { money } = useFormats();
  const book = useMoneyMutation('POST /bank-entries/{id}/book');
  const link = useMoneyMutation('POST /bank-entries/{id}/link');
  const { merchantId, merchantNumber, merchantName, allocations, confidence, reasons, paymentId } = suggestion;
  const { claimsMinor, chargeMinor } = suggestion;
  const [passOn, setPassOn] = useState(false);
  const isRecorded = reasons.includes('recorded');
  const take = () =>
    isRecorded
      ? link.mutate({ id: entry.id, paymentId: paymentId! })
      : book.mutate({
          ...{ id: entry.id, merchantId },
          allocations: allocations.map(({ invoiceId, amountMinor }) => ({ invoiceId, amountMinor })),
          ...(paymentId ? { returnsPaymentId: paymentId, passOn } : {}),
        });
  const error = book.error ?? link.error;
  return (
    <Stack gap={4}>
      <Group gap="xs">
        <ToneBadge tone={TONES[confidence]} label={t(`confidence.${confidence}`)} />
        <Text fz="sm">
          {merchantNumber} {merchantName}
        </Text>
      </Group>
      <Text fz="sm" c="dimmed">
        {[
          ...allocations.map((one) => `${one.number} ${money(one.amountMinor)}`),
          reasons.map((one) => t(`reasons.${one}`)).join(', '),
        ].join(' · ')}
      </Text>
      {claimsMinor > 0 && <Text fz="sm">{t('bank.claims', { amount: money(claimsMinor) })}</Text>}
      {chargeMinor > 0 && allocations.length > 0 && (
        <Checkbox
          label={t('bank.passOn', { amount: money(chargeMinor) })}
          checked={passOn}
          onChange={({ currentTarget }) => setPassOn(currentTarget.checked)}
        />
      )}
      <Group gap="xs">
        <Button size="xs" variant="default" loading={book.isPending || link.isPending} onClick={take}>
          {t(isRecorded ? 'bank.link' : 'bank.take')}
        </Button>
      </Group>
      {error && <ErrorState error={error} />}
    </Stack>
  );
}
