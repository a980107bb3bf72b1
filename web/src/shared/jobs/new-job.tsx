import { Button, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiMutation } from '../../app/api/queries.ts';
import { ErrorState } from '../error-state.tsx';
import { MerchantSelect } from '../merchant-select.tsx';
import { hasNumberFault } from '../number-fault.ts';
import { JobFields } from './job-fields.tsx';
import { asQuantity } from './job.ts';
import { contentOf, EMPTY, isComplete, type Draft } from './draft.ts';

/** A button that opens a special job. @param at  path below which its page is */
export function NewJob({ at, merchantId }: { at: string; merchantId?: string | undefined }) {
  const { t } = useTranslation('jobs');
  const { t: c } = useTranslation();
  const [opened, { open, close }] = useDisclosure();
  return (
    <>
      <Button h={52} leftSection={<IconPlus size={20} aria-hidden />} onClick={open}>
        {t('new')}
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title={
          <Text span fw={650} fz="lg">
            {t('new')}
          </Text>
        }
        closeButtonProps={{ 'aria-label': c('action.close') }}
      >
        <Form at={at} merchantId={merchantId} onClose={close} />
      </Modal>
    </>
  );
}

function Form({ at, merchantId, onClose }: { at: string; merchantId: string | undefined; onClose: () => void }) {
  const { t } = useTranslation('jobs');
  const { t: c } = useTranslation();
  const navigate = useNavigate();
  const [draft, setDraft] = useState<Draft>({ ...EMPTY, merchantId: merchantId ?? null });
  const change = (some: Partial<Draft>) => setDraft({ ...draft, ...some });
  const create = useApiMutation('POST /special-jobs', {
    onSuccess: ({ id }) => {
      onClose();
      void navigate({ to: `${at}/${id}` as never });
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isComplete(draft) && !hasNumberFault(event.currentTarget))
          create.mutate({ ...contentOf(draft), quantity: asQuantity(Number(draft.quantity)) });
      }}
    >
      <Stack gap="md">
        <MerchantSelect
          size="lg"
          required
          clearable={false}
          label={t('form.merchant')}
          value={draft.merchantId}
          onChange={(value) => change({ merchantId: value })}
        />
        <JobFields draft={draft} onChange={change} error={create.error} />
        <Group grow align="flex-end">
          <Select
            size="lg"
            clearable
            label={t('form.referenceKind')}
            data={(['order', 'return', 'goodsIn', 'other'] as const).map((value) => ({
              value,
              label: t(`reference.${value}`),
            }))}
            value={draft.referenceKind}
            onChange={(value) => change({ referenceKind: value as Draft['referenceKind'] })}
          />
          <TextInput
            size="lg"
            label={t('form.reference')}
            maxLength={80}
            disabled={draft.referenceKind === null}
            value={draft.reference}
            onChange={({ currentTarget }) => change({ reference: currentTarget.value })}
          />
        </Group>
        {create.error && <ErrorState error={create.error} />}
        <Group justify="flex-end">
          <Button variant="default" h={52} onClick={onClose}>
            {c('action.cancel')}
          </Button>
          <Button type="submit" h={52} loading={create.isPending} disabled={!isComplete(draft)}>
            {t('form.create')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
