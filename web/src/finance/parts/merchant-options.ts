import { useApi } from '../../app/api/queries.ts';

/** Merchants to choose from, by name. */
export function useMerchantOptions(): { value: string; label: string }[] {
  const { data } = useApi('GET /merchants', { limit: 200, sort: 'name' }, { staleTimeMs: 60_000 });
  return (data?.items ?? []).map(({ id, number, name }) => ({ value: id, label: `${number} ${name}` }));
}
