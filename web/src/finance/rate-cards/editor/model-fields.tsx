import { Checkbox, Select, SimpleGrid, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { MODELS, withField, type Model } from '../card.ts';
import { DecimalInput } from './decimal-input.tsx';
import { TierFields } from './tier-fields.tsx';

export interface ModelFieldsProps {
  model: Model;
  onChange: (model: Model) => void;
  /** What is wrong with a field of the model, by its path in it. */
  errorOf: (path: string) => string | undefined;
}

/** How a quantity becomes an amount: the kind of price, and its fields. */
export function ModelFields({ model, onChange, errorOf }: ModelFieldsProps) {
  const { t } = useTranslation('finance');
  return (
    <Stack gap="sm">
      <Select
        label={t('field.type')}
        data={MODELS.map((value) => ({ value, label: t(`model.${value}`) }))}
        value={model.type}
        allowDeselect={false}
        error={errorOf('type')}
        onChange={(type) => type && onChange(blank(type as Model['type'], model))}
      />
      <Fields model={model} onChange={onChange} errorOf={errorOf} />
    </Stack>
  );
}

function Fields({ model, onChange, errorOf }: ModelFieldsProps) {
  const { t } = useTranslation('finance');
  const decimal = <M extends Model>(of: M, key: keyof M & string, required = false) => (
    <DecimalInput
      key={`${of.type}-${key}`}
      label={t(`field.${key}` as never) as string}
      required={required}
      value={of[key] as string | undefined}
      error={errorOf(key)}
      onChange={(value) =>
        onChange((required ? { ...of, [key]: value ?? '' } : withField(of, key, value as M[typeof key])) as Model)
      }
    />
  );
  switch (model.type) {
    case 'flat':
      return decimal(model, 'amount', true);
    case 'package':
      return (
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          {decimal(model, 'unitPrice', true)}
          {decimal(model, 'size', true)}
        </SimpleGrid>
      );
    case 'graduated':
    case 'volume':
      return <TierFields tiers={model.tiers} onChange={(tiers) => onChange({ ...model, tiers })} errorOf={errorOf} />;
    case 'percentage':
      return (
        <SimpleGrid cols={{ base: 1, sm: 3 }}>
          {decimal(model, 'percent', true)}
          {decimal(model, 'minimum')}
          {decimal(model, 'maximum')}
        </SimpleGrid>
      );
    case 'costPlus':
      return (
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          {decimal(model, 'percent', true)}
          {decimal(model, 'minimumMargin')}
        </SimpleGrid>
      );
    case 'perUnit':
      return (
        <>
          <SimpleGrid cols={{ base: 1, sm: 3 }}>
            {decimal(model, 'unitPrice', true)}
            {decimal(model, 'baseQuantity')}
            {decimal(model, 'freeQuantity')}
          </SimpleGrid>
          <Checkbox
            label={t('field.perDaysOfMonth')}
            description={t('field.perDaysOfMonthHint')}
            checked={model.perDaysOfMonth ?? false}
            onChange={({ currentTarget }) =>
              onChange(withField(model, 'perDaysOfMonth', currentTarget.checked || undefined))
            }
          />
        </>
      );
  }
}

/** Another kind of price keeps what both kinds have. */
function blank(type: Model['type'], old: Model): Model {
  const tiers = 'tiers' in old ? old.tiers : undefined;
  const unitPrice = 'unitPrice' in old ? old.unitPrice : (tiers?.[0]?.unitPrice ?? ('amount' in old ? old.amount : ''));
  const percent = 'percent' in old ? old.percent : '';
  switch (type) {
    case 'perUnit':
      return { type, unitPrice };
    case 'flat':
      return { type, amount: unitPrice };
    case 'package':
      return { type, unitPrice, size: '1' };
    case 'graduated':
    case 'volume':
      return { type, tiers: tiers ?? [{ upTo: null, unitPrice }] };
    case 'percentage':
    case 'costPlus':
      return { type, percent };
  }
}
