import { Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import { useApiMutation } from '../../app/api/queries.ts';
import { useFormats } from '../../app/i18n/formats.ts';
import { ConfirmButton } from '../../shared/confirm-button.tsx';
import { carriedCredit, type RunRow } from './row-states.ts';

/** Issues a negative total in place of carrying it over; nothing where none was. */
export function IssueCredit({ row, runId, currency }: { row: RunRow; runId: string; currency: string }) {
  const { t } = useTranslation('finance');
  const { money } = useFormats();
  const issue = useApiMutation('POST /billing-runs/{id}/merchants/{merchantId}/issue-credit');
  const carried = carriedCredit(row);
  if (carried === null) return null;
  return (
    <ConfirmButton
      danger={false}
      label={t('corrections.issueCredit')}
      question={t('corrections.issueCreditQuestion', { credit: money(-carried, currency) })}
      consequence={<Text>{t('corrections.issueCreditConsequence')}</Text>}
      onConfirm={async () => {
        await issue.mutateAsync({ id: runId, merchantId: row.merchantId });
        notifications.show({ message: t('corrections.issueCreditAsked') });
      }}
    />
  );
}
