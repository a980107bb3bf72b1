import { Select, type SelectProps } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useApi } from '../../app/api/queries.ts';

export interface MerchantSelectProps extends Omit<SelectProps, 'data' | 'value' | 'onChange'> {
  /** `null`: none, which the placeholder explains. */
  value: string | null;
  onChange: (merchantId: string | null) => void;
}

/** One of the merchants, found by typing a part of the name or the number. */
export function MerchantSelect({ value, onChange, ...select }: MerchantSelectProps) {
  const [text, setText] = useState('');
  const [asked] = useDebouncedValue(text.trim(), 250);
  const chosen = useApi('GET /merchants/{id}', { id: value ?? '' }, { enabled: value !== null, staleTimeMs: 300_000 });
  const known = value !== null && chosen.data ? [chosen.data] : [];
  // what is chosen stands in the field and is no search
  const q = asked === known[0]?.name ? '' : asked;
  const { data } = useApi('GET /merchants', { limit: 50, sort: 'name', ...(q ? { q } : {}) });
  const merchants = [...known, ...(data?.items ?? []).filter(({ id }) => id !== value)];
  return (
    <Select
      searchable
      clearable={value !== null}
      {...select}
      data={merchants.map(({ id, name }) => ({ value: id, label: name }))}
      value={value}
      onChange={onChange}
      searchValue={text}
      onSearchChange={setText}
      filter={({ options }) => options}
    />
  );
}
