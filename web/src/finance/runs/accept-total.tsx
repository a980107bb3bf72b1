import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import { useApiMutation } from '../../app/api/queries.ts';
import { useFormats } from '../../app/i18n/formats.ts';
import { ReasonStep } from '../../shared/reason-step.tsx';
import type { RunRow } from './run.ts';

export interface AcceptTotalProps {
  row: Pick<RunRow, 'merchantId' | 'merchantName' | 'netMinor' | 'grossMinor'>;
  runId: string;
  cutoff: string;
}

/**
 * Accepts a total above the usual. The reason stands in the audit trail with it, and stays as an internal note of the
 * merchant: it is what the next person looks for who wonders.
 */
export function AcceptTotal({ row, runId, cutoff }: AcceptTotalProps) {
  const { t } = useTranslation('finance');
  const { money, day } = useFormats();
  const note = useApiMutation('POST /notes');
  const retry = useApiMutation('POST /billing-runs/{id}/merchants/{merchantId}/retry');
  const { merchantId, merchantName: name, netMinor, grossMinor } = row;
  const gross = money(grossMinor ?? 0);
  const accept = async (reason: string) => {
    const text = t('accept.note', { cutoff: day(cutoff), gross, reason });
    const seen = { rows: 1, netMinor: netMinor ?? 0 };
    // what changed since it was seen is refused, and nothing is to be read of it then
    await retry.mutateAsync({ id: runId, merchantId, accept: ['ABOVE_USUAL'], reason, seen });
    await note.mutateAsync({ subject: 'merchant', subjectId: merchantId, text });
    notifications.show({ message: t('accept.done', { name }) });
  };
  return (
    <ReasonStep
      size="sm"
      isLong
      danger={false}
      label={t('accept.action')}
      question={t('accept.question', { name })}
      consequence={t('accept.consequence', { gross })}
      hint={t('accept.reasonHint')}
      onConfirm={accept}
    />
  );
}
