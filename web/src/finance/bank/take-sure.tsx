import { List } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import type { ItemOf } from '../../app/api/contract.ts';
import { useFormats } from '../../app/i18n/formats.ts';
import { ConfirmButton } from '../../shared/confirm-button.tsx';
import { Notice } from '../../shared/notice.tsx';
import { useMoneyMutation } from '../payments/money-mutation.ts';

type Entry = ItemOf<'GET /bank-entries'>;
/** As many as one request takes. */
const MOST = 500;

/** Books at once what names number and amount, after somebody saw what that is. */
export function TakeSure({ entries }: { entries: readonly Entry[] }) {
  const { t } = useTranslation('payments');
  const { money } = useFormats();
  const take = useMoneyMutation('POST /bank-entries/book-sure');
  const sure = entries
    .filter(({ suggestions }) => suggestions.some(({ confidence }) => confidence === 'sure'))
    .slice(0, MOST);
  if (!sure.length) return null;
  const confirm = async () => {
    const { booked, left } = await take.mutateAsync({ entryIds: sure.map(({ id }) => id) });
    notifications.show({ message: t(left ? 'bank.sureLeft' : 'bank.sureDone', { count: booked, left }) });
  };
  return (
    <Notice tone="info" title={t('bank.sureTitle', { count: sure.length })}>
      <ConfirmButton
        label={t('bank.sure', { count: sure.length })}
        question={t('bank.sureQuestion', { count: sure.length })}
        consequence={t('bank.sureConsequence')}
        danger={false}
        onConfirm={confirm}
      >
        <List size="sm">
          {sure.map(({ id, amountMinor, suggestions }) => (
            <List.Item key={id}>
              {money(amountMinor)}: {suggestions[0]!.merchantName},{' '}
              {suggestions[0]!.allocations.map(({ number }) => number).join(', ')}
            </List.Item>
          ))}
        </List>
      </ConfirmButton>
    </Notice>
  );
}
