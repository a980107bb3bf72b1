import { Stack, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Filters, Input, ItemOf } from '../../app/api/contract.ts';
import { useApiList } from '../../app/api/queries.ts';
import { ConfirmButton, StepButton, StepForm } from '../../shared/confirm-button.tsx';
import { DataList, type Column } from '../../shared/data-list.tsx';
import { DateTime, Day } from '../../shared/date-time.tsx';
import { useFieldErrors } from '../../shared/field-errors.ts';
import { FilterBar } from '../../shared/filter-bar.tsx';
import { MerchantSelect } from '../../shared/merchant-select.tsx';
import { useStepError } from '../../shared/step-context.ts';
import { useUrlFilters } from '../../shared/url-filters.ts';
import { useStep } from '../debits/step-mutation.ts';

type Row = ItemOf<'GET /dunning-stops'>;

/** Merchants that are not dunned for now. */
export function StopList() {
  const { t } = useTranslation('dunning');
  const { values, change, clear, isFiltered } = useUrlFilters(['merchantId']);
  const list = useApiList('GET /dunning-stops', values as Filters<'GET /dunning-stops'>, { live: ['dunning'] });
  return (
    <Stack gap="md">
      <FilterBar
        fields={[{ name: 'merchantId', label: t('merchant'), kind: 'merchant' }]}
        values={values}
        onChange={change}
        onClear={clear}
      />
      <DataList
        name="dunning-stops"
        list={list}
        columns={useColumns()}
        keyOf={({ id }) => id}
        empty={{ title: t('stop.emptyTitle'), text: t('stop.emptyText') }}
        isFiltered={isFiltered}
        onClearFilters={clear}
      />
    </Stack>
  );
}

function useColumns(): Column<Row>[] {
  const { t } = useTranslation('dunning');
  return [
    {
      ...{ key: 'merchant', label: t('merchant'), csv: ({ merchantName }) => merchantName },
      render: ({ merchantName }) => merchantName,
    },
    { key: 'reason', label: t('stop.reason'), render: ({ reason }) => reason, csv: ({ reason }) => reason },
    {
      ...{ key: 'until', label: t('stop.until'), csv: ({ until }) => until },
      render: ({ until }) => (until ? <Day on={until} /> : t('stop.open')),
    },
    {
      ...{ key: 'at', label: t('mandates.actions.agreed'), csv: ({ setAt }) => setAt },
      render: ({ setAt }) => <DateTime at={setAt} />,
    },
    { key: 'step', label: t('actions'), render: ({ id }) => <LiftStop id={id} /> },
  ];
}

export function LiftStop({ id }: { id: string }) {
  const { t } = useTranslation('dunning');
  const lift = useStep('POST /dunning-stops/{id}/lift');
  return (
    <ConfirmButton
      label={t('stop.lift')}
      question={t('stop.liftQuestion')}
      consequence={t('stop.liftConsequence')}
      danger={false}
      size="xs"
      onConfirm={() => lift.mutateAsync({ id })}
    />
  );
}

/** @param merchantId  of the merchant whose page this is; asked for without it */
export function SetStop({ merchantId, size }: { merchantId?: string; size?: string }) {
  const { t } = useTranslation('dunning');
  const stop = useStep('POST /dunning-stops');
  return (
    <StepButton
      {...(size ? { size } : { variant: 'filled' })}
      label={t('stop.set')}
      question={t('stop.setQuestion')}
      danger={false}
    >
      <Fields {...(merchantId ? { of: merchantId } : {})} onConfirm={(said) => stop.mutateAsync(said)} />
    </StepButton>
  );
}

interface FieldsProps {
  of?: string;
  onConfirm: (said: Input<'POST /dunning-stops'>) => Promise<unknown>;
}

function Fields({ of, onConfirm }: FieldsProps) {
  const { t } = useTranslation('dunning');
  const wrong = useFieldErrors(useStepError());
  const [merchantId, setMerchantId] = useState<string | null>(of ?? null);
  const [reason, setReason] = useState('');
  const [until, setUntil] = useState('');
  return (
    <StepForm
      consequence={t('stop.setConsequence')}
      canConfirm={merchantId !== null && reason.trim() !== ''}
      onConfirm={() => onConfirm({ merchantId: merchantId!, reason: reason.trim(), until: until || null })}
    >
      {!of && (
        <MerchantSelect
          label={t('merchant')}
          value={merchantId}
          error={wrong('merchantId')}
          onChange={setMerchantId}
          withNumber
          required
        />
      )}
      <Textarea
        label={t('stop.reason')}
        value={reason}
        error={wrong('reason')}
        maxLength={500}
        required
        autosize
        onChange={({ currentTarget }) => setReason(currentTarget.value)}
      />
      <TextInput
        type="date"
        label={t('stop.until')}
        description={t('stop.untilHint')}
        value={until}
        error={wrong('until')}
        onChange={({ currentTarget }) => setUntil(currentTarget.value)}
      />
    </StepForm>
  );
}
