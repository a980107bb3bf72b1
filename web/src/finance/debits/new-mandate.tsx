import { NumberInput, Select, SimpleGrid, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmButton } from '../../shared/confirm-button.tsx';
import { MerchantSelect } from '../../shared/merchant-select.tsx';
import { useStep } from './step-mutation.ts';

const EMPTY = { merchantId: null as string | null, reference: '', iban: '', bic: '', debtorName: '', signedOn: '' };
const SCHEMES = ['CORE', 'B2B'] as const;
const KINDS = ['recurrent', 'oneOff'] as const;
const joined = (text: string): string => text.replaceAll(/\s/g, '').toUpperCase();

/** A mandate as the merchant signed it. */
export function NewMandate({ merchantId }: { merchantId?: string }) {
  const { t } = useTranslation('dunning');
  const create = useStep('POST /mandates');
  const [draft, setDraft] = useState({ ...EMPTY, merchantId: merchantId ?? null });
  const [scheme, setScheme] = useState<(typeof SCHEMES)[number]>('CORE');
  const [kind, setKind] = useState<(typeof KINDS)[number]>('recurrent');
  const [notice, setNotice] = useState<number | ''>('');
  const save = async () => {
    await create.mutateAsync({
      ...{ merchantId: draft.merchantId!, scheme, kind, signedOn: draft.signedOn, iban: joined(draft.iban) },
      debtorName: draft.debtorName.trim(),
      ...(draft.reference.trim() ? { reference: draft.reference.trim() } : {}),
      ...(draft.bic.trim() ? { bic: joined(draft.bic) } : {}),
      ...(notice === '' ? {} : { preNotificationDays: notice }),
    });
    setDraft({ ...EMPTY, merchantId: merchantId ?? null });
    notifications.show({ message: t('mandates.created') });
  };
  const field = (name: 'reference' | 'iban' | 'bic' | 'debtorName', most: number, hint?: string) => (
    <TextInput
      label={t(`mandates.${name}`)}
      description={hint}
      value={draft[name]}
      maxLength={most}
      required={name === 'iban' || name === 'debtorName'}
      onChange={({ currentTarget }) => setDraft({ ...draft, [name]: currentTarget.value })}
    />
  );
  return (
    <ConfirmButton
      variant="filled"
      label={t('mandates.create')}
      question={t('mandates.create')}
      consequence={t('mandates.createText')}
      danger={false}
      canConfirm={Boolean(draft.merchantId && draft.iban && draft.debtorName.trim() && draft.signedOn)}
      onConfirm={save}
    >
      {!merchantId && (
        <MerchantSelect
          label={t('debits.merchant')}
          value={draft.merchantId}
          onChange={(id) => setDraft({ ...draft, merchantId: id })}
          withNumber
          required
        />
      )}
      {field('debtorName', 70)}
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        {field('iban', 42)}
        {field('bic', 11, t('mandates.bicHint'))}
        <TextInput
          type="date"
          label={t('mandates.signedOn')}
          value={draft.signedOn}
          required
          onChange={({ currentTarget }) => setDraft({ ...draft, signedOn: currentTarget.value })}
        />
        <Select
          label={t('mandates.kind')}
          value={kind}
          allowDeselect={false}
          data={KINDS.map((value) => ({ value, label: t(`mandates.kinds.${value}`) }))}
          onChange={(value) => setKind(value as typeof kind)}
        />
      </SimpleGrid>
      <Select
        label={t('mandates.scheme')}
        value={scheme}
        allowDeselect={false}
        data={SCHEMES.map((value) => ({ value, label: t(`mandates.schemes.${value}`) }))}
        onChange={(value) => setScheme(value as typeof scheme)}
      />
      {field('reference', 35, t('mandates.referenceHint'))}
      <NumberInput
        label={t('mandates.notice')}
        description={t('mandates.noticeHint')}
        value={notice}
        min={1}
        max={60}
        allowDecimal={false}
        hideControls
        onChange={(value) => setNotice(typeof value === 'number' ? value : '')}
      />
    </ConfirmButton>
  );
}
