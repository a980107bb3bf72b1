import { Checkbox, SimpleGrid, Textarea, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Input } from '../../app/api/contract.ts';
import { StepButton, StepForm } from '../../shared/confirm-button.tsx';
import { useFieldErrors } from '../../shared/field-errors.ts';
import { MoneyInput } from '../../shared/figure-input.tsx';
import { MerchantSelect } from '../../shared/merchant-select.tsx';
import { useStepError } from '../../shared/step-context.ts';
import type { Typed } from '../../shared/typed-figure.ts';
import { AllocationFields } from './allocation-fields.tsx';
import { houseToday } from './house-today.ts';
import { useMoneyMutation } from './money-mutation.ts';
import { useAllocations } from './use-allocations.ts';

type Said = Input<'POST /payments'>;

/** Money that came and stands in no statement: entered by hand, with what it pays. */
export function RecordPayment() {
  const { t } = useTranslation('payments');
  const record = useMoneyMutation('POST /payments');
  const confirm = async (said: Said) => {
    await record.mutateAsync(said);
    notifications.show({ message: t('record.done') });
  };
  return (
    <StepButton
      variant="filled"
      label={t('record.action')}
      question={t('record.action')}
      danger={false}
      wide
      leftSection={<IconPlus size={20} aria-hidden />}
    >
      <Fields onConfirm={confirm} />
    </StepButton>
  );
}

const EMPTY = { valueDate: '', payerName: '', payerIban: '', remittance: '' };

function Fields({ onConfirm }: { onConfirm: (said: Said) => Promise<unknown> }) {
  const { t } = useTranslation('payments');
  const wrong = useFieldErrors(useStepError());
  const [merchantId, setMerchantId] = useState<string | null>(null);
  const [isUnknown, setUnknown] = useState(false);
  const [amountMinor, setAmount] = useState<Typed<number>>();
  const [said, setSaid] = useState(() => ({ ...EMPTY, valueDate: houseToday() }));
  const isAmount = typeof amountMinor === 'number';
  const draft = useAllocations(isAmount ? merchantId : null, isAmount ? amountMinor : 0);
  const { allocations } = draft;
  const field = (name: keyof typeof EMPTY, maxLength?: number) => ({
    ...{ label: t(name), value: said[name], error: wrong(name) },
    ...(maxLength === undefined ? {} : { maxLength }),
    onChange: ({ currentTarget }: { currentTarget: { value: string } }) =>
      setSaid({ ...said, [name]: currentTarget.value }),
  });
  return (
    <StepForm
      canConfirm={isAmount && said.valueDate !== '' && (isUnknown || merchantId !== null) && allocations !== undefined}
      onConfirm={async () => {
        if (isAmount && allocations) await onConfirm(inputOf({ ...said, amountMinor, merchantId, allocations }));
      }}
    >
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <MoneyInput
          label={t('amount')}
          value={amountMinor}
          error={wrong('amountMinor')}
          onChange={setAmount}
          required
          data-autofocus
        />
        <TextInput type="date" required {...field('valueDate')} />
      </SimpleGrid>
      <MerchantSelect
        label={t('merchant')}
        value={merchantId}
        error={wrong('merchantId')}
        onChange={setMerchantId}
        withNumber
        required={!isUnknown}
        disabled={isUnknown}
      />
      <Checkbox
        label={t('record.unknown')}
        checked={isUnknown}
        onChange={({ currentTarget }) => {
          setUnknown(currentTarget.checked);
          setMerchantId(null);
        }}
      />
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput {...field('payerName', 140)} />
        <TextInput {...field('payerIban', 42)} />
      </SimpleGrid>
      <Textarea autosize {...field('remittance', 1_000)} />
      {merchantId && isAmount && <AllocationFields draft={draft} />}
    </StepForm>
  );
}

type Filled = typeof EMPTY & Pick<Said, 'amountMinor' | 'allocations'> & { merchantId: string | null };

const inputOf = ({ merchantId, payerName, payerIban, remittance, ...said }: Filled): Said => ({
  ...said,
  ...(merchantId ? { merchantId } : {}),
  ...(payerName.trim() ? { payerName: payerName.trim() } : {}),
  ...(payerIban.trim() ? { payerIban: payerIban.replaceAll(/\s/g, '').toUpperCase() } : {}),
  remittance: remittance.trim(),
});
