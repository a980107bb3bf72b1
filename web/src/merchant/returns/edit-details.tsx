import { Button, Group, Modal, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiMutation } from '../../app/api/queries.ts';
import { ErrorState } from '../../shared/error-state.tsx';
import type { ReturnView } from './item-list.tsx';
import { KINDS } from './kinds.ts';

export interface EditDetailsProps {
  parcel: ReturnView;
  opened: boolean;
  onClose: () => void;
}

/** Kind, parcel and remark of an announced return. */
export function EditDetails({ parcel, opened, onClose }: EditDetailsProps) {
  const { t } = useTranslation('merchant');
  const { t: c } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('return.edit')}
      closeButtonProps={{ 'aria-label': c('action.close') }}
    >
      <EditForm parcel={parcel} close={onClose} />
    </Modal>
  );
}

/** Begins with what is stored each time it is opened; what somebody else changes meanwhile is not overwritten. */
function EditForm({ parcel, close }: { parcel: ReturnView; close: () => void }) {
  const { t } = useTranslation('merchant');
  const { t: c } = useTranslation();
  const [version] = useState(parcel.version);
  const [fields, setFields] = useState({
    kind: parcel.kind,
    carrier: parcel.carrier ?? '',
    trackingNumber: parcel.trackingNumber ?? '',
    note: parcel.note,
  });
  const change = useApiMutation('PATCH /returns/{id}', { onSuccess: close });
  const set = (patch: Partial<typeof fields>) => setFields({ ...fields, ...patch });
  const save = () => {
    const { kind, carrier, trackingNumber, note } = fields;
    change.mutate({
      id: parcel.id,
      kind,
      carrier: carrier.trim() || null,
      trackingNumber: trackingNumber.trim() || null,
      note,
      $options: { ifMatch: version },
    });
  };
  return (
    <Stack gap="sm">
      <Select
        label={t('returns.kind')}
        data={KINDS.map((value) => ({ value, label: t(`returns.kinds.${value}`) }))}
        value={fields.kind}
        onChange={(kind) => kind && set({ kind: kind as typeof fields.kind })}
        allowDeselect={false}
      />
      <TextInput
        label={t('announce.carrier')}
        maxLength={40}
        value={fields.carrier}
        onChange={({ currentTarget }) => set({ carrier: currentTarget.value })}
      />
      <TextInput
        label={t('returns.tracking')}
        maxLength={80}
        value={fields.trackingNumber}
        onChange={({ currentTarget }) => set({ trackingNumber: currentTarget.value })}
      />
      <Textarea
        label={t('return.note')}
        maxLength={2000}
        autosize
        minRows={2}
        value={fields.note}
        onChange={({ currentTarget }) => set({ note: currentTarget.value })}
      />
      {change.error && <ErrorState error={change.error} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={close}>
          {c('action.cancel')}
        </Button>
        <Button loading={change.isPending} onClick={save}>
          {c('action.save')}
        </Button>
      </Group>
    </Stack>
  );
}
