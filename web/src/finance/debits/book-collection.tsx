import { Checkbox, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Output } from '../../app/api/contract.ts';
import { StepButton, StepForm } from '../../shared/confirm-button.tsx';
import { houseToday } from '../payments/house-today.ts';
import { useStep } from './step-mutation.ts';

type Run = Output<'GET /collection-runs/{id}'>;

/** Books what the bank collected, where its statement did not do so already. */
export function BookCollection({ run: { id, entries } }: { run: Run }) {
  const { t } = useTranslation('dunning');
  const book = useStep('POST /collection-runs/{id}/book');
  const open = entries.filter(({ state }) => state === 'open');
  if (!open.length) return null;
  const bookAll = async (said: BookedAs) => {
    const { leftOut } = await book.mutateAsync({ id, ...said });
    const numbers = leftOut.map(({ number }) => number).join(', ');
    if (numbers) notifications.show({ message: t('runs.leftOut', { numbers }), autoClose: false });
  };
  return (
    <StepButton variant="filled" label={t('runs.book')} question={t('runs.bookQuestion')} danger={false}>
      <BookFields
        isPartlyPaid={open.some(({ amountMinor, openMinor }) => openMinor < amountMinor)}
        onConfirm={bookAll}
      />
    </StepButton>
  );
}

interface BookedAs {
  valueDate: string;
  evenIfPaid: boolean;
}

interface BookFieldsProps {
  isPartlyPaid: boolean;
  onConfirm: (said: BookedAs) => Promise<unknown>;
}

function BookFields({ isPartlyPaid, onConfirm }: BookFieldsProps) {
  const { t } = useTranslation('dunning');
  const [valueDate, setValueDate] = useState(houseToday);
  const [evenIfPaid, setEvenIfPaid] = useState(false);
  return (
    <StepForm
      consequence={t('runs.bookConsequence')}
      canConfirm={valueDate !== ''}
      onConfirm={() => onConfirm({ valueDate, evenIfPaid })}
    >
      <TextInput
        type="date"
        label={t('runs.valueDate')}
        value={valueDate}
        onChange={({ currentTarget }) => setValueDate(currentTarget.value)}
      />
      {isPartlyPaid && (
        <Checkbox
          label={t('runs.evenIfPaid')}
          checked={evenIfPaid}
          onChange={({ currentTarget }) => setEvenIfPaid(currentTarget.checked)}
        />
      )}
    </StepForm>
  );
}
