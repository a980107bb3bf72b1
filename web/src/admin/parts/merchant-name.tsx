import { useApi } from '../../app/api/queries.ts';

/** Number and name of a merchant. */
export function MerchantName({ id }: { id: string }) {
  const { data } = useApi('GET /merchants/{id}', { id }, { staleTimeMs: 60_000 });
  return data ? `${data.number} ${data.name}` : '…';
}
