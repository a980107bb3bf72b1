import { Checkbox, Stack, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiMutation } from '../../app/api/queries.ts';
import { ConfirmButton } from '../../shared/confirm-button.tsx';
import { useFieldErrors } from '../../shared/field-errors.ts';
import { MerchantSelect } from '../../shared/merchant-select.tsx';
import { houseToday } from '../runs/cutoffs.ts';
import type { Card } from './card.ts';

/** Copies a card under another name, for one merchant or for contracts to name it; opens the copy then. */
export function CopyCard({ card }: { card: Card }) {
  const { t } = useTranslation('finance');
  const navigate = useNavigate();
  const [fields, setFields] = useState({ code: '', name: '', merchantId: null as string | null, onlyNow: true });
  const copy = useApiMutation('POST /rate-cards/{id}/copy');
  const wrong = useFieldErrors(copy.error);
  const { code, name, merchantId, onlyNow } = fields;
  const act = async () => {
    const made = await copy.mutateAsync({
      id: card.id,
      code: code.trim(),
      name: name.trim(),
      ...(merchantId ? { merchantId } : {}),
      ...(onlyNow ? { validFrom: houseToday() } : {}),
    });
    await navigate({ to: '/finance/rate-cards/$id', params: { id: made.id } });
  };
  return (
    <ConfirmButton
      danger={false}
      label={t('copy.action')}
      question={t('copy.question', { name: card.name })}
      consequence={t('copy.consequence')}
      canConfirm={Boolean(code.trim() && name.trim())}
      onConfirm={act}
    >
      <Stack gap="sm">
        <TextInput
          label={t('cards.name')}
          required
          maxLength={120}
          value={name}
          error={wrong('name')}
          onChange={({ currentTarget }) => setFields({ ...fields, name: currentTarget.value })}
        />
        <TextInput
          label={t('cards.code')}
          required
          maxLength={60}
          value={code}
          error={wrong('code')}
          onChange={({ currentTarget }) => setFields({ ...fields, code: currentTarget.value })}
        />
        <MerchantSelect
          withNumber
          label={t('cards.for')}
          placeholder={t('cards.byContract')}
          clearButtonProps={{ 'aria-label': t('start.clear') }}
          value={merchantId}
          onChange={(chosen) => setFields({ ...fields, merchantId: chosen })}
        />
        <Checkbox
          label={t('copy.onlyNow')}
          checked={onlyNow}
          onChange={({ currentTarget }) => setFields({ ...fields, onlyNow: currentTarget.checked })}
        />
      </Stack>
    </ConfirmButton>
  );
}
