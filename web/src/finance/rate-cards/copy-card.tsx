import { Checkbox, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiMutation } from '../../app/api/queries.ts';
import { StepButton, StepForm } from '../../shared/confirm-button.tsx';
import { useFieldErrors } from '../../shared/field-errors.ts';
import { MerchantSelect } from '../../shared/merchant-select.tsx';
import { useStepError } from '../../shared/step-context.ts';
import { houseToday } from '../runs/cutoffs.ts';
import type { Card } from './card.ts';

interface Copy {
  code: string;
  name: string;
  merchantId: string | null;
  onlyNow: boolean;
}

/** Copies a card under another name, for one merchant or for contracts to name it; opens the copy then. */
export function CopyCard({ card }: { card: Card }) {
  const { t } = useTranslation('finance');
  const navigate = useNavigate();
  const copy = useApiMutation('POST /rate-cards/{id}/copy');
  const act = async ({ code, name, merchantId, onlyNow }: Copy) => {
    const made = await copy.mutateAsync({
      ...{ id: card.id, code, name },
      ...(merchantId ? { merchantId } : {}),
      ...(onlyNow ? { validFrom: houseToday() } : {}),
    });
    await navigate({ to: '/finance/rate-cards/$id', params: { id: made.id } });
  };
  return (
    <StepButton danger={false} label={t('copy.action')} question={t('copy.question', { name: card.name })}>
      <Fields onConfirm={act} />
    </StepButton>
  );
}

function Fields({ onConfirm }: { onConfirm: (copy: Copy) => Promise<unknown> }) {
  const { t } = useTranslation('finance');
  const wrong = useFieldErrors(useStepError());
  const [copy, setCopy] = useState<Copy>({ code: '', name: '', merchantId: null, onlyNow: true });
  const [code, name] = [copy.code.trim(), copy.name.trim()];
  return (
    <StepForm
      consequence={t('copy.consequence')}
      canConfirm={code !== '' && name !== ''}
      onConfirm={() => onConfirm({ ...copy, code, name })}
    >
      <TextInput
        label={t('cards.name')}
        required
        maxLength={120}
        value={copy.name}
        error={wrong('name')}
        data-autofocus
        onChange={({ currentTarget }) => setCopy({ ...copy, name: currentTarget.value })}
      />
      <TextInput
        label={t('cards.code')}
        required
        maxLength={60}
        value={copy.code}
        error={wrong('code')}
        onChange={({ currentTarget }) => setCopy({ ...copy, code: currentTarget.value })}
      />
      <MerchantSelect
        withNumber
        label={t('cards.for')}
        placeholder={t('cards.byContract')}
        clearButtonProps={{ 'aria-label': t('start.clear') }}
        value={copy.merchantId}
        onChange={(merchantId) => setCopy({ ...copy, merchantId })}
      />
      <Checkbox
        label={t('copy.onlyNow')}
        checked={copy.onlyNow}
        onChange={({ currentTarget }) => setCopy({ ...copy, onlyNow: currentTarget.checked })}
      />
    </StepForm>
  );
}
