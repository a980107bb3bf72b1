import { TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi, useApiMutation } from '../../app/api/queries.ts';
import { StepButton, StepForm } from '../../shared/confirm-button.tsx';
import { useFieldErrors } from '../../shared/field-errors.ts';
import { useStepError } from '../../shared/step-context.ts';

/** The missing address for invoices, written into the record of the merchant where it is missed. */
export function InvoiceEmail({ merchantId, name }: { merchantId: string; name: string }) {
  const { t } = useTranslation('finance');
  const { data } = useApi('GET /merchants/{id}', { id: merchantId }, { live: true });
  const save = useApiMutation('PATCH /merchants/{id}');
  if (!data || data.invoiceEmails.length > 0) return null;
  const write = async (email: string) => {
    await save.mutateAsync({ id: merchantId, invoiceEmails: [email], $options: { ifMatch: data.version } });
    notifications.show({ message: t('email.done', { name }) });
  };
  return (
    <StepButton size="sm" danger={false} label={t('email.action')} question={t('email.question', { name })}>
      <Fields onConfirm={write} />
    </StepButton>
  );
}

function Fields({ onConfirm }: { onConfirm: (email: string) => Promise<unknown> }) {
  const { t } = useTranslation('finance');
  const wrong = useFieldErrors(useStepError());
  const [email, setEmail] = useState('');
  return (
    <StepForm
      consequence={t('email.consequence')}
      canConfirm={email.includes('@')}
      onConfirm={() => onConfirm(email.trim())}
    >
      <TextInput
        type="email"
        label={t('email.field')}
        value={email}
        error={wrong('invoiceEmails', true)}
        data-autofocus
        onChange={({ currentTarget }) => setEmail(currentTarget.value)}
      />
    </StepForm>
  );
}
