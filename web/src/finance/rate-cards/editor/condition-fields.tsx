import { MultiSelect, NumberInput, SimpleGrid, TagsInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { withField, type Conditions } from '../card.ts';

const TEXTS = ['countries', 'countriesNot', 'carriers', 'channels', 'codes', 'tags'] as const;
const NUMBERS = ['weightGramsOver', 'weightGramsUpTo', 'ageDaysOver', 'ageDaysUpTo'] as const;
const CHOICES = {
  returnKinds: ['withdrawal', 'complaint', 'undeliverable', 'exchange'],
  grades: ['A', 'B', 'C', 'D'],
  methods: [
    ...['binDay', 'palletDay', 'cubicMetreDay', 'pieceDay'],
    ...['monthEnd', 'monthAverage', 'monthPeak', 'halfMonth', 'anniversary'],
  ],
} as const;

export interface ConditionFieldsProps {
  conditions: Conditions;
  onChange: (conditions: Conditions) => void;
  errorOf: (path: string) => string | undefined;
}

/** When a rule holds; what is left empty asks for nothing. */
export function ConditionFields({ conditions, onChange, errorOf }: ConditionFieldsProps) {
  const { t, i18n } = useTranslation('finance');
  const set = <K extends keyof Conditions>(key: K, value: Conditions[K] | undefined) =>
    onChange(withField(conditions, key, value));
  const wordOf = (value: string) =>
    i18n.exists(`finance:attributeValue.${value}`) ? String(t(`attributeValue.${value}` as never)) : value;
  const clear = { clearable: true, clearButtonProps: { 'aria-label': t('start.clear') } };
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }}>
      {TEXTS.map((key) => (
        <TagsInput
          key={key}
          label={t(`field.${key}`)}
          {...clear}
          acceptValueOnBlur
          // a carrier or a group may be called by two words
          splitChars={key.startsWith('countries') ? [',', ';', ' '] : [',', ';']}
          value={conditions[key] ?? []}
          error={errorOf(key)}
          onChange={(values) => {
            const list = key.startsWith('countries') ? values.map((one) => one.toUpperCase()) : values;
            set(key, list.length ? list : undefined);
          }}
        />
      ))}
      {(Object.keys(CHOICES) as (keyof typeof CHOICES)[]).map((key) => (
        <MultiSelect
          key={key}
          label={t(`field.${key}`)}
          {...clear}
          data={CHOICES[key].map((value) => ({ value, label: wordOf(value) }))}
          value={conditions[key] ?? []}
          error={errorOf(key)}
          onChange={(values) => set(key, values.length ? (values as never) : undefined)}
        />
      ))}
      {NUMBERS.map((key) => (
        <NumberInput
          key={key}
          label={t(`field.${key}`)}
          allowDecimal={false}
          allowNegative={false}
          hideControls
          value={conditions[key] ?? ''}
          error={errorOf(key)}
          onChange={(value) => set(key, typeof value === 'number' ? value : undefined)}
        />
      ))}
    </SimpleGrid>
  );
}
