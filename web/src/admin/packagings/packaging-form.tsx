import { ActionIcon, Button, Group, Modal, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPencil, IconPlus } from '@tabler/icons-react';
import { useState, type ChangeEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { ItemOf } from '../../app/api/contract.ts';
import { ApiError } from '../../app/api/errors.ts';
import { useApiMutation } from '../../app/api/queries.ts';
import { ErrorState } from '../../shared/error-state.tsx';
import { useFieldErrors } from '../../shared/field-errors.ts';

type Packaging = ItemOf<'GET /packagings'>;
const TAKEN: readonly string[] = ['PACKAGING_EXISTS', 'EAN_TAKEN'];

/** A button that opens a packaging, or a new one. */
export function PackagingButton({ packaging }: { packaging?: Packaging }) {
  const { t } = useTranslation('shipments');
  const { t: c } = useTranslation();
  const [opened, { open, close }] = useDisclosure();
  return (
    <>
      {packaging ? (
        <ActionIcon
          variant="default"
          size={40}
          aria-label={t('packaging.change', { name: packaging.name })}
          onClick={open}
        >
          <IconPencil size={18} aria-hidden />
        </ActionIcon>
      ) : (
        <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={open}>
          {t('packaging.new')}
        </Button>
      )}
      <Modal
        opened={opened}
        onClose={close}
        title={
          <Text span fw={650} fz="lg">
            {t(packaging ? 'packaging.edit' : 'packaging.new')}
          </Text>
        }
        closeButtonProps={{ 'aria-label': c('action.close') }}
      >
        <Form packaging={packaging} onClose={close} />
      </Modal>
    </>
  );
}

function Form({ packaging, onClose }: { packaging: Packaging | undefined; onClose: () => void }) {
  const { t } = useTranslation('shipments');
  const { t: c } = useTranslation();
  const [draft, setDraft] = useState({
    code: packaging?.code ?? '',
    name: packaging?.name ?? '',
    ean: packaging?.ean ?? '',
    active: packaging?.active ?? true,
  });
  const create = useApiMutation('POST /packagings', { onSuccess: onClose });
  const save = useApiMutation('PATCH /packagings/{id}', { onSuccess: onClose });
  const error = create.error ?? save.error;
  const fieldError = useFieldErrors(error);
  const taken = error instanceof ApiError ? error.errors.find(({ code }) => TAKEN.includes(code))?.path : undefined;
  const complete = draft.code.trim() !== '' && draft.name.trim() !== '';
  const send = () => {
    const fields = { name: draft.name.trim(), ean: draft.ean.trim() || null, active: draft.active };
    if (packaging) save.mutate({ id: packaging.id, ...fields, $options: { ifMatch: packaging.version } });
    else create.mutate({ code: draft.code.trim(), ...fields });
  };
  const field = (name: 'code' | 'name' | 'ean', maxLength: number) => ({
    ...{ label: t(`packaging.${name}`), value: draft[name], maxLength },
    error: taken === name ? c('fieldError.DUPLICATE') : fieldError(name),
    onChange: ({ currentTarget }: ChangeEvent<HTMLInputElement>) => setDraft({ ...draft, [name]: currentTarget.value }),
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (complete) send();
      }}
    >
      <Stack gap="md">
        <TextInput
          required
          disabled={packaging !== undefined}
          description={t('packaging.codeHint')}
          {...field('code', 60)}
        />
        <TextInput required {...field('name', 120)} />
        <TextInput description={t('packaging.eanHint')} inputMode="numeric" {...field('ean', 48)} />
        <Switch
          label={t('packaging.isActive')}
          description={t('packaging.retireHint')}
          checked={draft.active}
          onChange={({ currentTarget }) => setDraft({ ...draft, active: currentTarget.checked })}
        />
        {error && <ErrorState error={error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {c('action.cancel')}
          </Button>
          <Button type="submit" loading={create.isPending || save.isPending} disabled={!complete}>
            {t('packaging.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
