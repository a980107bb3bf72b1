import { Select, SimpleGrid, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Input } from '../../app/api/contract.ts';
import { StepButton, StepForm } from '../../shared/confirm-button.tsx';
import { ExactNumber } from '../../shared/exact-number.tsx';
import { useFieldErrors } from '../../shared/field-errors.ts';
import { MerchantSelect } from '../../shared/merchant-select.tsx';
import { useStepError } from '../../shared/step-context.ts';
import { useStep } from './step-mutation.ts';

type Said = Input<'POST /mandates'>;

const EMPTY = { reference: '', iban: '', bic: '', debtorName: '', signedOn: '' };
const SCHEMES = ['CORE', 'B2B'] as const;
const KINDS = ['recurrent', 'oneOff'] as const;
const LONGEST_NOTICE = 60;
const joined = (text: string): string => text.replaceAll(/\s/g, '').toUpperCase();

/** A mandate as the merchant signed it. */
export function NewMandate({ merchantId }: { merchantId?: string }) {
  const { t } = useTranslation('dunning');
  const create = useStep('POST /mandates');
  const confirm = async (said: Said) => {
    await create.mutateAsync(said);
    notifications.show({ message: t('mandates.created') });
  };
  return (
    <StepButton variant="filled" label={t('mandates.create')} question={t('mandates.create')} danger={false}>
      <Fields {...(merchantId ? { of: merchantId } : {})} onConfirm={confirm} />
    </StepButton>
  );
}

function Fields({ of, onConfirm }: { of?: string; onConfirm: (said: Said) => Promise<unknown> }) {
  const { t } = useTranslation('dunning');
  const wrong = useFieldErrors(useStepError());
  const [merchantId, setMerchantId] = useState<string | null>(of ?? null);
  const [draft, setDraft] = useState(EMPTY);
  const [scheme, setScheme] = useState<Said['scheme']>('CORE');
  const [kind, setKind] = useState<(typeof KINDS)[number]>('recurrent');
  const [notice, setNotice] = useState<number | null>(null);
  const field = (name: keyof typeof EMPTY, maxLength?: number) => ({
    ...{ label: t(`mandates.${name}`), value: draft[name], error: wrong(name) },
    ...(maxLength === undefined ? {} : { maxLength }),
    onChange: ({ currentTarget }: { currentTarget: { value: string } }) =>
      setDraft({ ...draft, [name]: currentTarget.value }),
  });
  return (
    <StepForm
      consequence={t('mandates.createText')}
      canConfirm={Boolean(merchantId && draft.iban.trim() && draft.debtorName.trim() && draft.signedOn)}
      onConfirm={() => onConfirm({ ...inputOf(draft), merchantId: merchantId!, scheme, kind, ...noticeOf(notice) })}
    >
      {!of && (
        <MerchantSelect
          label={t('debits.merchant')}
          value={merchantId}
          error={wrong('merchantId')}
          onChange={setMerchantId}
          withNumber
          required
        />
      )}
      <TextInput required {...field('debtorName', 70)} />
      <TextInput required {...field('iban', 42)} />
      <TextInput description={t('mandates.bicHint')} {...field('bic', 11)} />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput type="date" required {...field('signedOn')} />
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
      <TextInput description={t('mandates.referenceHint')} {...field('reference', 35)} />
      <ExactNumber
        hideControls
        label={t('mandates.notice')}
        description={t('mandates.noticeHint')}
        value={notice}
        min={1}
        max={LONGEST_NOTICE}
        error={wrong('preNotificationDays')}
        onChange={setNotice}
      />
    </StepForm>
  );
}

const inputOf = ({ reference, iban, bic, debtorName, signedOn }: typeof EMPTY) => ({
  ...{ signedOn, iban: joined(iban), debtorName: debtorName.trim() },
  ...(reference.trim() ? { reference: reference.trim() } : {}),
  ...(bic.trim() ? { bic: joined(bic) } : {}),
});

const noticeOf = (days: number | null) => (days === null ? {} : { preNotificationDays: days });
