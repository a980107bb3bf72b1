import { MultiSelect, Select, SimpleGrid, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChargeWords } from '../../../shared/evidence/words.ts';
import { CHARGE_TYPES } from '../../charges/charge-types.ts';
import { GROUPS, withField, type Adjustment } from '../card.ts';
import { DecimalInput } from './decimal-input.tsx';
import { EditDialog, isNamed, NameFields, type Edited } from './edit-dialog.tsx';

export interface AdjustmentDialogProps {
  edited: Edited<Adjustment>;
  /** Keys of the rules it can be limited to. */
  rules: readonly string[];
  errorOf: (path: string) => string | undefined;
  onApply: (adjustment: Adjustment) => void;
  onClose: () => void;
}

export const newAdjustment = (): Adjustment => ({
  key: '',
  kind: 'surcharge',
  label: { de: '', en: '' },
  value: { type: 'percent', percent: '' },
});

/** A surcharge or a discount: how much, on what, when. */
export function AdjustmentDialog({ edited, rules, errorOf, onApply, onClose }: AdjustmentDialogProps) {
  const { t } = useTranslation('finance');
  const { typeOf } = useChargeWords();
  const [item, setItem] = useState(edited.item);
  const isNew = edited.index === null;
  const clear = { clearable: true, clearButtonProps: { 'aria-label': t('start.clear') } };
  const scopes = {
    groups: GROUPS.map((value) => ({ value, label: t(`group.${value}`) })),
    chargeTypes: CHARGE_TYPES.map((value) => ({ value: value as string, label: typeOf(value) })),
    rules: rules.map((value) => ({ value, label: value })),
  };
  return (
    <EditDialog
      title={isNew ? t('adjustment.new') : t('adjustment.edit', { name: edited.item.label.de })}
      onClose={onClose}
      onApply={() => onApply(item)}
      canApply={isNamed(item)}
    >
      <NameFields item={item} onChange={setItem} isNew={isNew} errorOf={errorOf} />
      <SimpleGrid cols={{ base: 1, sm: 3 }}>
        <Select
          label={t('field.kind')}
          allowDeselect={false}
          data={(['surcharge', 'discount'] as const).map((value) => ({ value, label: t(`adjustment.${value}`) }))}
          value={item.kind}
          onChange={(kind) => kind && setItem({ ...item, kind: kind as Adjustment['kind'] })}
        />
        <Select
          label={t('field.value')}
          allowDeselect={false}
          data={(['percent', 'perUnit'] as const).map((value) => ({ value, label: t(`adjustment.of.${value}`) }))}
          value={item.value.type}
          onChange={(type) =>
            setItem({
              ...item,
              value: type === 'percent' ? { type, percent: '' } : { type: 'perUnit', unitPrice: '' },
            })
          }
        />
        {item.value.type === 'percent' ? (
          <DecimalInput
            label={t('field.percent')}
            required
            value={item.value.percent}
            error={errorOf('value.percent')}
            onChange={(percent) => setItem({ ...item, value: { type: 'percent', percent: percent ?? '' } })}
          />
        ) : (
          <DecimalInput
            label={t('field.unitPrice')}
            required
            value={item.value.unitPrice}
            error={errorOf('value.unitPrice')}
            onChange={(unitPrice) => setItem({ ...item, value: { type: 'perUnit', unitPrice: unitPrice ?? '' } })}
          />
        )}
        {(['from', 'to'] as const).map((key) => (
          <TextInput
            key={key}
            type="date"
            label={t(`field.${key}`)}
            value={item[key] ?? ''}
            error={errorOf(key)}
            onChange={({ currentTarget }) => setItem(withField(item, key, currentTarget.value || undefined))}
          />
        ))}
        <DecimalInput
          label={t('field.maximumPerMonth')}
          value={item.maximumPerMonth}
          error={errorOf('maximumPerMonth')}
          onChange={(amount) => setItem(withField(item, 'maximumPerMonth', amount))}
        />
        {(['groups', 'chargeTypes', 'rules'] as const).map((key) => (
          <MultiSelect
            key={key}
            label={t(`field.${key}`)}
            searchable
            {...clear}
            data={scopes[key]}
            value={item[key] ?? []}
            error={errorOf(key)}
            onChange={(values) => setItem(withField(item, key, values.length ? (values as never) : undefined))}
          />
        ))}
      </SimpleGrid>
    </EditDialog>
  );
}
