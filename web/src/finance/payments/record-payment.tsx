import { Button, Checkbox, Group, Modal, SimpleGrid, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../shared/error-state.tsx';
import { MerchantSelect } from '../../shared/merchant-select.tsx';
import { DecimalInput } from '../rate-cards/editor/decimal-input.tsx';
import { AllocationFields, allocationsOf, isAllocable, type Typed } from './allocation-fields.tsx';
import { centsOf } from './amount.ts';
import { houseToday } from './house-today.ts';
import { useMoneyMutation } from './money-mutation.ts';

/** Money that came and stands in no statement: entered by hand, with what it pays. */
export function RecordPayment() {
  const { t } = useTranslation('payments');
  const { t: c } = useTranslation();
  const [opened, { open, close }] = useDisclosure();
  return (
    <>
      <Button leftSection={<IconPlus size={20} aria-hidden />} onClick={open}>
        {t('record.action')}
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        size="lg"
        title={
          <Text span fw={650} fz="lg">
            {t('record.title')}
          </Text>
        }
        closeButtonProps={{ 'aria-label': c('action.close') }}
      >
        <Form onDone={close} />
      </Modal>
    </>
  );
}

const EMPTY = { payerName: '', payerIban: '', remittance: '' };

function Form({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('payments');
  const { t: c } = useTranslation();
  const record = useMoneyMutation('POST /payments');
  const [merchantId, setMerchantId] = useState<string | null>(null);
  const [amount, setAmount] = useState<string>();
  const [valueDate, setValueDate] = useState(houseToday);
  const [said, setSaid] = useState(EMPTY);
  const [typed, setTyped] = useState<Typed>({});
  const [isUnknown, setUnknown] = useState(false);
  const amountMinor = centsOf(amount);
  const canSave =
    amountMinor !== undefined &&
    valueDate !== '' &&
    (isUnknown || merchantId !== null) &&
    isAllocable(typed, amountMinor);
  const save = () =>
    record.mutate(
      {
        ...{ amountMinor: amountMinor!, valueDate, allocations: allocationsOf(typed) },
        ...(merchantId ? { merchantId } : {}),
        ...(said.payerName.trim() ? { payerName: said.payerName.trim() } : {}),
        ...(said.payerIban.trim() ? { payerIban: said.payerIban.replaceAll(/\s/g, '').toUpperCase() } : {}),
        remittance: said.remittance.trim(),
      },
      {
        onSuccess: () => {
          notifications.show({ message: t('record.done') });
          onDone();
        },
      },
    );
  const field = (name: 'payerName' | 'payerIban') => (
    <TextInput
      label={t(name)}
      value={said[name]}
      maxLength={140}
      onChange={({ currentTarget }) => setSaid({ ...said, [name]: currentTarget.value })}
    />
  );
  const choose = (id: string | null) => {
    setMerchantId(id);
    setTyped({});
  };
  return (
    <Stack gap="md">
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <DecimalInput
          label={t('amount')}
          value={amount}
          onChange={setAmount}
          required
          rightSection="€"
          data-autofocus
        />
        <TextInput
          type="date"
          label={t('valueDate')}
          value={valueDate}
          required
          onChange={({ currentTarget }) => setValueDate(currentTarget.value)}
        />
      </SimpleGrid>
      <MerchantSelect
        label={t('merchant')}
        value={merchantId}
        onChange={choose}
        withNumber
        required={!isUnknown}
        disabled={isUnknown}
      />
      <Checkbox
        label={t('record.unknown')}
        checked={isUnknown}
        onChange={({ currentTarget }) => {
          setUnknown(currentTarget.checked);
          choose(null);
        }}
      />
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        {field('payerName')}
        {field('payerIban')}
      </SimpleGrid>
      <Textarea
        label={t('remittance')}
        value={said.remittance}
        maxLength={1_000}
        autosize
        onChange={({ currentTarget }) => setSaid({ ...said, remittance: currentTarget.value })}
      />
      {merchantId && amountMinor !== undefined && (
        <AllocationFields merchantId={merchantId} mostMinor={amountMinor} typed={typed} onChange={setTyped} />
      )}
      {record.error && <ErrorState error={record.error} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onDone}>
          {c('action.cancel')}
        </Button>
        <Button disabled={!canSave} loading={record.isPending} onClick={save}>
          {t('record.save')}
        </Button>
      </Group>
    </Stack>
  );
}
