import { useQueryClient } from '@tanstack/react-query';
import type { GetRoute, Route } from '../../app/api/contract.ts';
import { useApiMutation } from '../../app/api/queries.ts';

/** All that shows money: what is booked in one place shows in the others. */
const MONEY = /^GET \/(payments|open-|bank-|credit-|invoices|merchants\/\{id\}\/credit-balance)/;

/** {@link useApiMutation} for a step that books money. */
export function useMoneyMutation<R extends Exclude<Route, GetRoute>>(route: R) {
  const client = useQueryClient();
  return useApiMutation(route, {
    onSettled: () => client.invalidateQueries({ predicate: ({ queryKey }) => MONEY.test(String(queryKey[0])) }),
  });
}
