import { Button, Group, Modal, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiMutation } from '../../app/api/queries.ts';
import { ApiError } from '../../app/api/errors.ts';
import { ErrorState } from '../error-state.tsx';
import { useFieldErrors } from '../field-errors.ts';
import { Notice } from '../notice.tsx';
import { BillingFields } from './billing-fields.tsx';
import { ageBandsOf, draftOf, takesAgeBands, termsOf, type Contract } from './contract.ts';
import { StorageFields } from './storage-fields.tsx';

export interface ContractDialogProps {
  merchantId: string;
  /** A new one without it. */
  contract: Contract | undefined;
  today: string;
  onClose: () => void;
}

/** Agrees a contract, or changes its terms or its end; only on top of what was seen. */
export function ContractDialog({ merchantId, contract, today, onClose }: ContractDialogProps) {
  const { t } = useTranslation('records');
  const { t: c } = useTranslation();
  const [first] = useState(() => draftOf(contract, today));
  const [draft, setDraft] = useState(first);
  const make = useApiMutation('POST /contracts');
  const change = useApiMutation('PATCH /contracts/{id}');
  const { error } = contract ? change : make;
  const errorOf = useFieldErrors(error);
  const isOfFields = error instanceof ApiError && error.errors.length > 0;
  const bandsWrong = takesAgeBands(draft.storageMethod) && !ageBandsOf(draft.ageBands);
  const done = () => {
    notifications.show({ message: t(contract ? 'contract.changed' : 'contract.made') });
    onClose();
  };
  const submit = () => {
    if (contract)
      change.mutate(
        { id: contract.id, ...termsOf(draft), $options: { ifMatch: contract.version } },
        { onSuccess: done },
      );
    else make.mutate({ merchantId, startsOn: draft.startsOn, ...termsOf(draft) }, { onSuccess: done });
  };
  const fields = { draft, errorOf, onChange: (patch: Partial<typeof draft>) => setDraft({ ...draft, ...patch }) };
  return (
    <Modal
      opened
      size="lg"
      onClose={onClose}
      title={
        <Text span fw={650} fz="lg">
          {t(contract ? 'contract.editTitle' : 'contract.new')}
        </Text>
      }
      closeButtonProps={{ 'aria-label': c('action.close') }}
    >
      <Stack gap="md">
        {contract && <Notice tone="info">{t('contract.editHint')}</Notice>}
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <TextInput
            type="date"
            size="md"
            label={t('contract.startsOn')}
            description={contract ? t('contract.startStays') : t('contract.startHint')}
            required
            disabled={contract !== undefined}
            value={draft.startsOn}
            error={errorOf('startsOn')}
            onChange={({ currentTarget }) => fields.onChange({ startsOn: currentTarget.value })}
          />
          <TextInput
            type="date"
            size="md"
            label={t('contract.endsOn')}
            description={t('contract.endHint')}
            value={draft.endsOn ?? ''}
            error={errorOf('endsOn')}
            onChange={({ currentTarget }) => fields.onChange({ endsOn: currentTarget.value || null })}
          />
        </SimpleGrid>
        <BillingFields {...fields} />
        <StorageFields {...fields} bandsWrong={bandsWrong} />
        {error && !isOfFields && <ErrorState error={error} />}
        {isOfFields && <Notice tone="bad">{t('contract.fieldsWrong')}</Notice>}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {c('action.cancel')}
          </Button>
          <Button
            loading={make.isPending || change.isPending}
            disabled={bandsWrong || !draft.startsOn || (contract !== undefined && isSame(first, draft))}
            onClick={submit}
          >
            {t(contract ? 'contract.save' : 'contract.make')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

const isSame = (left: object, right: object): boolean => JSON.stringify(left) === JSON.stringify(right);
