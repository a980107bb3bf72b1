import { MultiSelect, Select, type MultiSelectProps, type SelectProps } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import type { ItemOf } from '../app/api/contract.ts';
import { useApi } from '../app/api/queries.ts';

type Merchant = ItemOf<'GET /merchants'>;

export interface MerchantSelectProps extends Omit<SelectProps, 'data' | 'value' | 'onChange'> {
  /** `null`: none, which the placeholder explains. */
  value: string | null;
  onChange: (merchantId: string | null) => void;
  /** Names merchants by number and name, as finance does. */
  withNumber?: boolean;
}

/** One of the merchants, found by typing a part of the name or the number. */
export function MerchantSelect({ value, onChange, withNumber = false, ...select }: MerchantSelectProps) {
  const [text, setText] = useState('');
  const chosen = useApi('GET /merchants/{id}', { id: value ?? '' }, { enabled: value !== null, staleTimeMs: 300_000 });
  const known = value !== null && chosen.data ? [chosen.data] : [];
  // what is chosen stands in the field and is no search
  const found = useFound(text, known[0] && labelOf(known[0], withNumber));
  const merchants = [...known, ...found.filter(({ id }) => id !== known[0]?.id)];
  return (
    <Select
      searchable
      clearable={value !== null}
      // whoever presses twice means the merchant, not none
      allowDeselect={false}
      {...select}
      data={merchants.map((one) => ({ value: one.id, label: labelOf(one, withNumber) }))}
      value={value}
      onChange={onChange}
      searchValue={text}
      onSearchChange={setText}
      filter={({ options }) => options}
    />
  );
}

export interface MerchantsSelectProps extends Omit<MultiSelectProps, 'data' | 'value' | 'onChange'> {
  value: string[];
  onChange: (merchantIds: string[]) => void;
}

/** Some of the merchants, found by typing a part of the name or the number. */
export function MerchantsSelect({ value, onChange, ...select }: MerchantsSelectProps) {
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<readonly Merchant[]>([]);
  const found = useFound(text);
  const merchants = [...chosen, ...found.filter(({ id }) => !value.includes(id))];
  return (
    <MultiSelect
      searchable
      clearable
      hidePickedOptions
      {...select}
      data={merchants.map((one) => ({ value: one.id, label: labelOf(one, true) }))}
      value={value}
      onChange={(ids) => {
        setChosen(merchants.filter(({ id }) => ids.includes(id)));
        onChange(ids);
      }}
      searchValue={text}
      onSearchChange={setText}
      filter={({ options }) => options}
    />
  );
}

const labelOf = ({ number, name }: Pick<Merchant, 'number' | 'name'>, withNumber: boolean): string =>
  withNumber ? `${number} ${name}` : name;

/**
 * What the server finds once the typing pauses; the first by name without a search. Until it answers, those of the last
 * answer that fit stay where they are: a list that vanished under a finger would lose the choice.
 */
function useFound(text: string, notSearched?: string): readonly Merchant[] {
  const q = text.trim() === notSearched ? '' : text.trim();
  const [asked] = useDebouncedValue(q, 250);
  const input = { limit: 50, sort: 'name', ...(asked ? { q: asked } : {}) } as const;
  const { data, isPlaceholderData } = useApi('GET /merchants', input, { keepPrevious: true });
  const found = data?.items ?? [];
  if (asked === q && !isPlaceholderData) return found;
  return found.filter((one) => labelOf(one, true).toLowerCase().includes(q.toLowerCase()));
}
