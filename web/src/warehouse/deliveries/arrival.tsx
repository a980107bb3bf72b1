import { Button, Modal, Select, Stack, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconForklift } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiMutation } from '../../app/api/queries.ts';
import { NetworkButton } from '../feedback/needs-network.tsx';
import { signalSuccess } from '../feedback/signals.ts';
import { useSettings } from '../use-desk.ts';

/** Goods stand at the dock and nobody said that they would: whose they are is enough to begin counting. */
export function Arrival() {
  const { t } = useTranslation('deliveries');
  const { t: c } = useTranslation();
  const [opened, { open, close }] = useDisclosure();
  return (
    <>
      <Button variant="default" h={52} leftSection={<IconForklift size={22} aria-hidden />} onClick={open}>
        {t('arrival.button')}
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title={t('arrival.title')}
        size="md"
        closeButtonProps={{ 'aria-label': c('action.close') }}
      >
        <ArrivalForm />
      </Modal>
    </>
  );
}

function ArrivalForm() {
  const { t } = useTranslation('deliveries');
  const navigate = useNavigate();
  const settings = useSettings();
  const [merchantId, setMerchant] = useState<string | null>(null);
  const [reference, setReference] = useState('');
  // the same id however often it is pressed, so that a lost answer makes no second delivery
  const [id] = useState(() => crypto.randomUUID());
  const take = useApiMutation('POST /goods-in');
  const submit = async () => {
    await take.mutateAsync({ id, merchantId: merchantId!, reference: reference.trim(), arrived: true });
    signalSuccess();
    await navigate({ to: `/warehouse/goods-in/${id}` } as never);
  };
  return (
    <Stack gap="md">
      <Select
        size="lg"
        label={t('arrival.merchant')}
        searchable
        data={(settings?.merchants ?? []).map((one) => ({ value: one.merchantId, label: one.name }))}
        value={merchantId}
        onChange={setMerchant}
      />
      <TextInput
        size="lg"
        label={t('arrival.reference')}
        maxLength={80}
        value={reference}
        onChange={({ currentTarget }) => setReference(currentTarget.value)}
      />
      <NetworkButton
        h={60}
        fz="lg"
        label={t('arrival.take')}
        disabled={!merchantId || !reference.trim()}
        onClick={submit}
      />
    </Stack>
  );
}
