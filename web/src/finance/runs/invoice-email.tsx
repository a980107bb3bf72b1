import { TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi, useApiMutation } from '../../app/api/queries.ts';
import { ConfirmButton } from '../../shared/confirm-button.tsx';
import { useFieldErrors } from '../../shared/field-errors.ts';

/** The missing address for invoices, written into the record of the merchant where it is missed. */
export function InvoiceEmail({ merchantId, name }: { merchantId: string; name: string }) {
  const { t } = useTranslation('finance');
  const [email, setEmail] = useState('');
  const { data } = useApi('GET /merchants/{id}', { id: merchantId }, { live: true });
  const save = useApiMutation('PATCH /merchants/{id}');
  const wrong = useFieldErrors(save.error);
  if (!data || data.invoiceEmails.length > 0) return null;
  const write = async () => {
    const $options = { ifMatch: data.version };
    await save.mutateAsync({ id: merchantId, invoiceEmails: [email.trim()], $options });
    notifications.show({ message: t('email.done', { name }) });
  };
  return (
    <ConfirmButton
      size="sm"
      danger={false}
      label={t('email.action')}
      question={t('email.question', { name })}
      consequence={t('email.consequence')}
      canConfirm={email.includes('@')}
      onConfirm={write}
    >
      <TextInput
        type="email"
        label={t('email.field')}
        value={email}
        error={wrong('invoiceEmails', true)}
        onChange={({ currentTarget }) => setEmail(currentTarget.value)}
      />
    </ConfirmButton>
  );
}
