import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { callApi } from '../../app/api/client.ts';
import type { Input, ItemOf } from '../../app/api/contract.ts';
import { hasCode } from '../../app/api/errors.ts';

export type OpenQuestion = ItemOf<'GET /decisions'>;
export type Decision = Input<'POST /decisions'>['decisions'][number];

/** The API takes so many at once. */
export const MOST_AT_ONCE = 200;
const TOUCHED = ['GET /decisions', 'GET /returns', 'GET /rtv-batches'];

/**
 * Decides, all or none, and brings every list up to date.
 * @returns a function that resolves to `taken` when something was decided by somebody else or the clock meanwhile:
 *          then nothing was changed and the lists show it
 * @throws ApiError, OfflineError whatever else is in the way
 */
export function useDecide(): (decisions: readonly Decision[]) => Promise<'done' | 'taken'> {
  const client = useQueryClient();
  const { t } = useTranslation('merchant');
  const refresh = () =>
    client.invalidateQueries({
      predicate: ({ queryKey }) => TOUCHED.some((route) => String(queryKey[0]).startsWith(route)),
    });
  return async (decisions) => {
    try {
      await callApi('POST /decisions', { decisions: [...decisions] });
    } catch (error) {
      if (!hasCode(error, 'ITEM_NOT_TO_DECIDE', 'RETURN_STATE_NOT_ALLOWED')) throw error;
      await refresh();
      return 'taken';
    }
    await refresh();
    notifications.show({ message: t('decisions.done', { count: decisions.length }) });
    return 'done';
  };
}
