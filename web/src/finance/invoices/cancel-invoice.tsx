import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import type { Output } from '../../app/api/contract.ts';
import { useApiMutation } from '../../app/api/queries.ts';
import { useFormats } from '../../app/i18n/formats.ts';
import { ReasonStep } from '../../shared/reason-step.tsx';

/** Cancels an invoice in full, after it said what will happen. */
export function CancelInvoice({
  invoice,
}: {
  invoice: Pick<Output<'GET /invoices/{id}'>, 'id' | 'number' | 'grossMinor' | 'currency'>;
}) {
  const { t } = useTranslation('finance');
  const { money } = useFormats();
  const cancel = useApiMutation('POST /invoices/{id}/cancel');
  const { id, grossMinor, currency } = invoice;
  const number = invoice.number ?? '';
  const confirm = async (reason: string) => {
    await cancel.mutateAsync({ id, reason });
    notifications.show({ message: t('corrections.cancelled', { number }) });
  };
  return (
    <ReasonStep
      size="md"
      isLong
      label={t('corrections.cancel')}
      question={t('corrections.cancelQuestion', { number })}
      consequence={t('corrections.cancelConsequence', { gross: money(-grossMinor, currency) })}
      hint={t('corrections.reasonHint')}
      onConfirm={confirm}
    />
  );
}
