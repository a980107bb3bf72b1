import { Divider, NumberInput, Select, SimpleGrid, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePriceWords } from '../../../shared/evidence/price-words.ts';
import { useChargeWords } from '../../../shared/evidence/words.ts';
import { CHARGE_TYPES } from '../../charges/charge-types.ts';
import type { Rule } from '../card.ts';
import { ConditionFields } from './condition-fields.tsx';
import { EditDialog, isNamed, NameFields, type Edited } from './edit-dialog.tsx';
import { ModelFields } from './model-fields.tsx';
import { UNITS } from './units.ts';

export interface RuleDialogProps {
  edited: Edited<Rule>;
  /** What the server says about a field of this rule, by its path in it. */
  errorOf: (path: string) => string | undefined;
  onApply: (rule: Rule) => void;
  onClose: () => void;
}

/** One rule: service, price, conditions, rank. */
export function RuleDialog({ edited, errorOf, onApply, onClose }: RuleDialogProps) {
  const { t } = useTranslation('finance');
  const { typeOf, unitOf } = useChargeWords();
  const priceWords = usePriceWords();
  const [rule, setRule] = useState(edited.item);
  const isNew = edited.index === null;
  return (
    <EditDialog
      title={isNew ? t('editor.newRule') : t('editor.editRule', { name: edited.item.label.de })}
      onClose={onClose}
      onApply={() => onApply(rule)}
      canApply={isNamed(rule)}
    >
      <NameFields item={rule} onChange={setRule} isNew={isNew} errorOf={errorOf} />
      <SimpleGrid cols={{ base: 1, sm: 3 }}>
        <Select
          label={t('charges.type')}
          searchable
          allowDeselect={false}
          data={CHARGE_TYPES.map((value) => ({ value, label: typeOf(value) }))}
          value={rule.chargeType}
          error={errorOf('chargeType')}
          onChange={(chargeType) => chargeType && setRule({ ...rule, chargeType })}
        />
        <Select
          label={t('field.unit')}
          searchable
          allowDeselect={false}
          data={[...new Set([...UNITS, rule.unit])].map((value) => ({ value, label: unitOf(value, '1') }))}
          value={rule.unit}
          error={errorOf('unit')}
          onChange={(unit) => unit && setRule({ ...rule, unit })}
        />
        <NumberInput
          label={t('field.priority')}
          description={t('editor.priorityHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          allowDecimal={false}
          value={rule.priority}
          error={errorOf('priority')}
          onChange={(value) => setRule({ ...rule, priority: Number(value) || 0 })}
        />
      </SimpleGrid>
      <Divider label={t('card.price')} labelPosition="left" />
      <ModelFields
        model={rule.model}
        onChange={(model) => setRule({ ...rule, model })}
        errorOf={(path) => errorOf(`model.${path}`)}
      />
      <Text c="dimmed" fz="sm" role="status">
        {t('editor.reads', { price: priceWords(rule.model, rule.unit) })}
      </Text>
      <Divider label={t('card.conditions')} labelPosition="left" />
      <ConditionFields
        conditions={rule.conditions}
        onChange={(conditions) => setRule({ ...rule, conditions })}
        errorOf={(path) => errorOf(`conditions.${path}`)}
      />
    </EditDialog>
  );
}
