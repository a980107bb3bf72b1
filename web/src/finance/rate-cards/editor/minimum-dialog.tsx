import { MultiSelect, SimpleGrid } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { GROUPS, withField, type Minimum } from '../card.ts';
import { DecimalInput } from './decimal-input.tsx';
import { EditDialog, isNamed, NameFields, type Edited } from './edit-dialog.tsx';

export interface MinimumDialogProps {
  edited: Edited<Minimum>;
  errorOf: (path: string) => string | undefined;
  onApply: (minimum: Minimum) => void;
  onClose: () => void;
}

export const newMinimum = (): Minimum => ({ key: '', label: { de: '', en: '' }, amount: '' });

/** What the charges of a month have to come to at least. */
export function MinimumDialog({ edited, errorOf, onApply, onClose }: MinimumDialogProps) {
  const { t } = useTranslation('finance');
  const [item, setItem] = useState(edited.item);
  const isNew = edited.index === null;
  return (
    <EditDialog
      title={isNew ? t('minimum.new') : t('minimum.edit', { name: edited.item.label.de })}
      onClose={onClose}
      onApply={() => onApply(item)}
      canApply={isNamed(item)}
    >
      <NameFields item={item} onChange={setItem} isNew={isNew} errorOf={errorOf} />
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <DecimalInput
          label={t('field.monthlyAmount')}
          required
          value={item.amount}
          error={errorOf('amount')}
          onChange={(amount) => setItem({ ...item, amount: amount ?? '' })}
        />
        <MultiSelect
          label={t('field.groups')}
          placeholder={item.groups ? '' : t('minimum.allButFreight')}
          clearable
          clearButtonProps={{ 'aria-label': t('start.clear') }}
          data={GROUPS.map((value) => ({ value, label: t(`group.${value}`) }))}
          value={item.groups ?? []}
          error={errorOf('groups')}
          onChange={(groups) => setItem(withField(item, 'groups', groups.length ? (groups as never) : undefined))}
        />
      </SimpleGrid>
    </EditDialog>
  );
}
