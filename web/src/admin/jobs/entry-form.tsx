import { ActionIcon, Button, Group, Modal, Select, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPencil, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ItemOf } from '../../app/api/contract.ts';
import { useApiMutation } from '../../app/api/queries.ts';
import { ErrorState } from '../../shared/error-state.tsx';
import { useFieldErrors } from '../../shared/field-errors.ts';

type Entry = ItemOf<'GET /special-job-catalogue'>;
type Draft = Pick<Entry, 'code' | 'name' | 'unit' | 'needsApproval' | 'words' | 'active'>;

const NEW: Draft = {
  ...{ code: '', name: { de: '', en: '' }, unit: 'minute', needsApproval: false, words: '', active: true },
};

/** A button that opens an entry of the catalogue, or a new one. */
export function EntryButton({ entry, name = '' }: { entry?: Entry; name?: string }) {
  const { t } = useTranslation('jobs');
  const { t: c } = useTranslation();
  const [opened, { open, close }] = useDisclosure();
  return (
    <>
      {entry ? (
        <ActionIcon variant="default" size={40} aria-label={t('catalogue.change', { name })} onClick={open}>
          <IconPencil size={18} aria-hidden />
        </ActionIcon>
      ) : (
        <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={open}>
          {t('catalogue.new')}
        </Button>
      )}
      <Modal
        opened={opened}
        onClose={close}
        title={
          <Text span fw={650} fz="lg">
            {t(entry ? 'catalogue.edit' : 'catalogue.new')}
          </Text>
        }
        closeButtonProps={{ 'aria-label': c('action.close') }}
      >
        <Form entry={entry} onClose={close} />
      </Modal>
    </>
  );
}

function Form({ entry, onClose }: { entry: Entry | undefined; onClose: () => void }) {
  const { t } = useTranslation('jobs');
  const { t: c } = useTranslation();
  const [draft, setDraft] = useState<Draft>(entry ?? NEW);
  const change = (some: Partial<Draft>) => setDraft({ ...draft, ...some });
  const create = useApiMutation('POST /special-job-catalogue', { onSuccess: onClose });
  const save = useApiMutation('PATCH /special-job-catalogue/{id}', { onSuccess: onClose });
  const error = create.error ?? save.error;
  const { code, name, unit, needsApproval, words, active } = draft;
  const complete = code.trim() !== '' && name.de.trim() !== '' && name.en.trim() !== '';
  const send = () => {
    const fields = { unit, needsApproval, words: words.trim(), active };
    const named = { ...fields, name: { de: name.de.trim(), en: name.en.trim() } };
    if (entry) save.mutate({ id: entry.id, ...named, $options: { ifMatch: entry.version } });
    else create.mutate({ code: code.trim(), ...named });
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (complete) send();
      }}
    >
      <Stack gap="md">
        <Fields draft={draft} onChange={change} error={error} isNew={!entry} />
        {error && <ErrorState error={error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {c('action.cancel')}
          </Button>
          <Button type="submit" loading={create.isPending || save.isPending} disabled={!complete}>
            {t('catalogue.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface FieldsProps {
  draft: Draft;
  onChange: (some: Partial<Draft>) => void;
  error: unknown;
  isNew: boolean;
}

function Fields({ draft, onChange, error, isNew }: FieldsProps) {
  const { t } = useTranslation('jobs');
  const fieldError = useFieldErrors(error);
  const text = (label: string, value: string, maxLength: number, set: (value: string) => void) => ({
    ...{ label, value, maxLength },
    onChange: ({ currentTarget }: React.ChangeEvent<HTMLInputElement>) => set(currentTarget.value),
  });
  return (
    <>
      <TextInput
        required
        disabled={!isNew}
        description={t('catalogue.codeHint')}
        error={fieldError('code')}
        {...text(t('catalogue.code'), draft.code, 60, (code) => onChange({ code }))}
      />
      <TextInput
        required
        error={fieldError('name.de')}
        {...text(t('catalogue.nameDe'), draft.name.de, 120, (de) => onChange({ name: { ...draft.name, de } }))}
      />
      <TextInput
        required
        error={fieldError('name.en')}
        {...text(t('catalogue.nameEn'), draft.name.en, 120, (en) => onChange({ name: { ...draft.name, en } }))}
      />
      <Select
        required
        allowDeselect={false}
        label={t('catalogue.unit')}
        data={(['minute', 'piece'] as const).map((value) => ({ value, label: t(`unitName.${value}`) }))}
        value={draft.unit}
        onChange={(unit) => unit && onChange({ unit: unit as Draft['unit'] })}
      />
      <TextInput
        error={fieldError('words')}
        {...text(t('catalogue.words'), draft.words, 200, (words) => onChange({ words }))}
      />
      <Switch
        label={t('catalogue.needsApproval')}
        checked={draft.needsApproval}
        onChange={({ currentTarget }) => onChange({ needsApproval: currentTarget.checked })}
      />
      <Switch
        label={t('catalogue.active')}
        checked={draft.active}
        onChange={({ currentTarget }) => onChange({ active: currentTarget.checked })}
      />
    </>
  );
}
