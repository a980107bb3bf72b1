import { useTranslation } from 'react-i18next';
import type { ItemOf } from '../../app/api/contract.ts';
import { ToneBadge } from '../../shared/state-badge.tsx';

/** Whether a document stands. */
export function DocumentState({ state }: Pick<ItemOf<'GET /invoices'>, 'state'>) {
  const { t } = useTranslation('merchant');
  return <ToneBadge tone={state === 'cancelled' ? 'quiet' : 'good'} label={t(`invoices.states.${state}`)} />;
}
