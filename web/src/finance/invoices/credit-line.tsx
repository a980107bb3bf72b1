import { Anchor, Card, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Output } from '../../app/api/contract.ts';
import { useFormats } from '../../app/i18n/formats.ts';
import { useChargeWords } from '../../shared/evidence/words.ts';
import { FigureInput, MoneyInput } from '../../shared/figure-input.tsx';
import { restOf, type Taken } from './credit-draft.ts';

export interface CreditLineFieldProps {
  line: Output<'GET /invoices/{id}'>['lines'][number];
  currency: string;
  taken: Taken;
  onChange: (taken: Taken) => void;
  error: string | undefined;
}

/** What six places can say. */
const SMALLEST = 0.000001;
const WAYS = ['nothing', 'quantity', 'amount'] as const;
const WORDS = { nothing: 'nothing', quantity: 'byQuantity', amount: 'byAmount' } as const;

/** How much of one line is taken back: nothing, some of its quantity, or some of its net. */
export function CreditLineField({ line, currency, taken, onChange, error }: CreditLineFieldProps) {
  const { t } = useTranslation('finance');
  const { money } = useFormats();
  const { quantityOf, unitOf, monthOf } = useChargeWords();
  const { label, unit, remainingQuantity, remainingNetMinor, serviceMonth } = line;
  const hasQuantity = Number(remainingQuantity) !== 0;
  const left = {
    amount: money(remainingNetMinor, currency),
    quantity: quantityOf(remainingQuantity),
    unit: unitOf(unit, remainingQuantity),
  };
  const choose = (by: Taken['by']) => onChange(by === 'nothing' ? { by } : { by, value: undefined });
  const field = { size: 'md', flex: '1 1 12rem', error } as const;
  return (
    <Card p="sm" component="section" aria-label={label}>
      <Stack gap="xs">
        <div>
          <Text fw={600}>{label}</Text>
          <Text fz="sm" c="dimmed" className="tabular">
            {t(hasQuantity ? 'corrections.left' : 'corrections.leftAmount', left)} · {monthOf(serviceMonth)}
          </Text>
        </div>
        <SegmentedControl
          aria-label={t('corrections.take', { label })}
          value={taken.by}
          onChange={(by) => choose(by as Taken['by'])}
          data={WAYS.filter((way) => way !== 'quantity' || hasQuantity).map((way) => ({
            value: way,
            label: t(`corrections.${WORDS[way]}`),
          }))}
        />
        {taken.by !== 'nothing' && (
          <Group align="flex-end" gap="sm">
            {taken.by === 'quantity' ? (
              <FigureInput
                {...field}
                label={t('corrections.quantity')}
                value={taken.value}
                onChange={(value) => onChange({ by: 'quantity', value })}
                min={SMALLEST}
                places={6}
              />
            ) : (
              <MoneyInput
                {...field}
                label={t('corrections.amount')}
                currency={currency}
                value={taken.value}
                onChange={(value) => onChange({ by: 'amount', value })}
              />
            )}
            <Anchor component="button" type="button" fz="sm" py="xs" onClick={() => onChange(restOf(line, taken.by))}>
              {t('corrections.all')}
            </Anchor>
          </Group>
        )}
      </Stack>
    </Card>
  );
}
