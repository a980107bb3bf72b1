import type { ItemOf } from '../app/api/contract.ts';
import { useApiAll } from '../app/api/queries.ts';

type Merchant = ItemOf<'GET /merchants'>;

/** Every merchant by id, for lists that name whose a row is. */
export function useMerchantNames(): {
  nameOf: (id: string) => string | undefined;
  labelOf: (id: string) => string | undefined;
} {
  const { data = [] } = useApiAll('GET /merchants', { sort: 'name' }, { staleTimeMs: 300_000 });
  const merchants = new Map(data.map((merchant): [string, Merchant] => [merchant.id, merchant]));
  return {
    nameOf: (id) => merchants.get(id)?.name,
    labelOf: (id) => {
      const merchant = merchants.get(id);
      return merchant && `${merchant.number} ${merchant.name}`;
    },
  };
}
