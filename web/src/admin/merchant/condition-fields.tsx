import { Chip, Group, Input, MultiSelect, SimpleGrid, Stack, TagsInput, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '../../app/i18n/texts.ts';
import { GRADES, KINDS, withCondition, type Conditions, type Grade, type Kind, type Reason } from './conditions.ts';

export interface ConditionFieldsProps<C extends Conditions> {
  value: C;
  onChange: (value: C) => void;
  reasons: readonly Reason[];
  groups: string[];
  withSku?: boolean;
}

/** When a rule fits; what is left empty does not matter. */
export function ConditionFields<C extends Conditions>(props: ConditionFieldsProps<C>) {
  const { value, onChange, reasons, groups, withSku } = props;
  const { t } = useTranslation('admin');
  const set = <Key extends keyof Conditions>(key: Key, next: Conditions[Key]) =>
    onChange(withCondition(value, key, next));
  return (
    <Stack gap="md">
      <Group gap="xl" align="flex-start">
        <Choice
          label={t('rules.grades')}
          options={GRADES.map((grade) => ({ value: grade, label: grade }))}
          value={value.grades ?? []}
          onChange={(next) => set('grades', GRADES.filter((grade) => next.includes(grade)) as Grade[])}
        />
        <Choice
          label={t('rules.kinds')}
          options={KINDS.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
          value={value.kinds ?? []}
          onChange={(next) => set('kinds', KINDS.filter((kind) => next.includes(kind)) as Kind[])}
        />
      </Group>
      <SimpleGrid cols={{ base: 1, md: withSku ? 3 : 2 }}>
        <MultiSelect
          label={t('rules.reasons')}
          placeholder={value.reasons?.length ? undefined : t('rules.any')}
          data={optionsOf(reasons, value.reasons ?? [])}
          value={value.reasons ?? []}
          onChange={(next) => set('reasons', next)}
          searchable
          hidePickedOptions
        />
        <TagsInput
          label={t('rules.groups')}
          placeholder={value.articleGroups?.length ? undefined : t('rules.any')}
          data={groups}
          value={value.articleGroups ?? []}
          onChange={(next) => set('articleGroups', next)}
          maxTags={50}
        />
        {withSku && (
          <TextInput
            label={t('rules.skuPrefix')}
            placeholder={t('rules.any')}
            maxLength={60}
            value={value.skuPrefix ?? ''}
            onChange={({ currentTarget }) => set('skuPrefix', currentTarget.value || undefined)}
          />
        )}
      </SimpleGrid>
    </Stack>
  );
}

/** A reason that a rule names stays choosable although the list does not have it any more. */
function optionsOf(reasons: readonly Reason[], chosen: readonly string[]) {
  const known = reasons.map((reason) => ({ value: reason.code, label: reason[currentLanguage()] }));
  const gone = chosen.filter((code) => !reasons.some((reason) => reason.code === code));
  return [...known, ...gone.map((code) => ({ value: code, label: code }))];
}

export interface ChoiceProps {
  label: string;
  options: readonly { value: string; label: string }[];
  value: readonly string[];
  onChange: (value: string[]) => void;
}

/** Several of a few. */
export function Choice({ label, options, value, onChange }: ChoiceProps) {
  return (
    <Input.Wrapper label={label} labelElement="div">
      <Chip.Group multiple value={[...value]} onChange={onChange}>
        <Group gap="xs" mt={4} role="group" aria-label={label}>
          {options.map((option) => (
            <Chip key={option.value} value={option.value} size="md" variant="outline">
              {option.label}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
    </Input.Wrapper>
  );
}
