import { useQueryClient } from '@tanstack/react-query';
import type { GetRoute, Route } from '../../app/api/contract.ts';
import { useApiMutation } from '../../app/api/queries.ts';

/** All that shows mandates, collections, dunning and the money behind them: one step shows in the others. */
const SHOWN =
  /^GET \/(mandates|direct-debits|collection-|dunning-|base-rates|invoices|payments|open-|merchants\/\{id\}\/credit)/;

/** {@link useApiMutation} for a step of direct debits or dunning. */
export function useStep<R extends Exclude<Route, GetRoute>>(route: R) {
  const client = useQueryClient();
  return useApiMutation(route, {
    onSettled: () => client.invalidateQueries({ predicate: ({ queryKey }) => SHOWN.test(String(queryKey[0])) }),
  });
}
