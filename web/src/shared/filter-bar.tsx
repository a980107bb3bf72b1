import { Button, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconFilterOff, IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './filter-bar.module.css';
import { MerchantSelect } from './merchant-select.tsx';
import { MoreFilters } from './more-filters.tsx';

export type FilterField = {
  name: string;
  label: string;
  /** Stays in sight on a phone, where the rest of a long bar is folded away; without any it is the first two. */
  upFront?: boolean;
} & (
  | { kind: 'select'; options: readonly { value: string; label: string }[] }
  /** `merchant`: one of all merchants, by id. */
  | { kind: 'text' | 'day' | 'merchant' }
);

export interface FilterBarProps {
  fields: readonly FilterField[];
  values: Readonly<Record<string, string | undefined>>;
  onChange: (patch: Record<string, string | undefined>) => void;
  onClear: () => void;
}

/** So many leave room for a list on the first screen of a phone. */
const SHORT = 4;

/** Filters above a list; `useUrlFilters` keeps their values in the address. */
export function FilterBar({ fields, values, onChange, onClear }: FilterBarProps) {
  const { t } = useTranslation();
  const isFiltered = fields.some(({ name }) => values[name]);
  const [shown, folded] = split(fields);
  const toField = (field: FilterField) => (
    <Field key={field.name} field={field} value={values[field.name] ?? ''} onChange={onChange} />
  );
  return (
    <div className={classes.bar} role="search">
      {shown.map(toField)}
      {folded.length > 0 && (
        <MoreFilters count={folded.filter(({ name }) => values[name]).length}>{folded.map(toField)}</MoreFilters>
      )}
      {isFiltered && (
        <Button
          className={classes.clear}
          variant="subtle"
          leftSection={<IconFilterOff size={18} aria-hidden />}
          onClick={onClear}
        >
          {t('action.clearFilters')}
        </Button>
      )}
    </div>
  );
}

function split(fields: readonly FilterField[]): [FilterField[], FilterField[]] {
  if (fields.length <= SHORT) return [[...fields], []];
  const named = fields.filter(({ upFront }) => upFront);
  const shown = named.length ? named : fields.slice(0, 2);
  return [shown, fields.filter((field) => !shown.includes(field))];
}

interface FieldProps {
  field: FilterField;
  value: string;
  onChange: FilterBarProps['onChange'];
}

function Field({ field, value, onChange }: FieldProps) {
  const { t } = useTranslation();
  if (field.kind === 'select')
    return (
      <Select
        label={field.label}
        placeholder={t('list.any')}
        clearable
        clearButtonProps={{ 'aria-label': t('action.clearFilters') }}
        data={[...field.options]}
        value={value || null}
        onChange={(chosen) => onChange({ [field.name]: chosen ?? undefined })}
      />
    );
  if (field.kind === 'merchant')
    return (
      <MerchantSelect
        className={classes.merchant}
        withNumber
        label={field.label}
        placeholder={t('list.any')}
        clearButtonProps={{ 'aria-label': t('action.clearFilters') }}
        value={value || null}
        onChange={(chosen) => onChange({ [field.name]: chosen ?? undefined })}
      />
    );
  if (field.kind === 'day')
    return (
      <TextInput
        type="date"
        label={field.label}
        value={value}
        onChange={({ currentTarget }) => onChange({ [field.name]: currentTarget.value || undefined })}
      />
    );
  return <TextField field={field} value={value} onChange={onChange} />;
}

/** Asks when the typing pauses, not at every letter; what is typed gives way to what another one sets only. */
function TextField({ field, value, onChange }: FieldProps) {
  const [text, setText] = useState(value);
  /** Values of this field that have not come back yet, oldest first: it may be typed on meanwhile. */
  const told = useRef<string[]>([]);
  const apply = useDebouncedCallback((next: string) => {
    const filter = next.trim();
    if (filter === (told.current.at(-1) ?? value)) return;
    told.current.push(filter);
    onChange({ [field.name]: filter || undefined });
  }, 300);
  useEffect(() => {
    const own = told.current.indexOf(value);
    told.current = own < 0 ? [] : told.current.slice(own + 1);
    if (own >= 0) return;
    apply.cancel();
    setText(value);
  }, [value, apply]);
  return (
    <TextInput
      type="search"
      label={field.label}
      leftSection={<IconSearch size={18} aria-hidden />}
      value={text}
      onChange={({ currentTarget }) => {
        setText(currentTarget.value);
        apply(currentTarget.value);
      }}
      className={classes.text}
    />
  );
}
