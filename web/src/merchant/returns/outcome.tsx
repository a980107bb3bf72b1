import { Button, Select, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiMutation } from '../../app/api/queries.ts';
import { DateTime } from '../../shared/date-time.tsx';
import { ErrorState } from '../../shared/error-state.tsx';
import { ExactNumber } from '../../shared/exact-number.tsx';
import { Money } from '../../shared/money.tsx';
import { hasNumberFault } from '../../shared/number-fault.ts';
import { useMayDecide } from '../merchants.ts';
import { Section } from '../parts/section.tsx';
import type { ReturnView } from './item-list.tsx';

const OUTCOMES = ['refund', 'credit', 'voucher', 'exchange', 'none'] as const;
type OutcomeCode = (typeof OUTCOMES)[number];
const WITH_AMOUNT: readonly OutcomeCode[] = ['refund', 'credit', 'voucher'];

/** What the consumer gets (C16): told here, so that everybody knows it; no money moves by it. */
export function Outcome({ parcel }: { parcel: ReturnView }) {
  const { t } = useTranslation('merchant');
  const { t: r } = useTranslation('records');
  const mayTell = useMayDecide();
  const [editing, setEditing] = useState(false);
  const { outcome, outcomeAmount, outcomeNote, outcomeAt } = parcel;
  return (
    <Section title={t('outcome.title')}>
      {outcome && !editing && (
        <Stack gap={2}>
          <Text fw={600}>
            {r(`outcome.${outcome}`)}
            {outcomeAmount && (
              <>
                {' · '}
                <Money minor={outcomeAmount.amountMinor} currency={outcomeAmount.currency} />
              </>
            )}
          </Text>
          {outcomeNote && <Text fz="sm">{outcomeNote}</Text>}
          <Text fz="sm" c="dimmed">
            <DateTime at={outcomeAt} />
          </Text>
        </Stack>
      )}
      {!outcome && !editing && <Text c="dimmed">{t('outcome.none')}</Text>}
      {editing && <OutcomeForm parcel={parcel} onClose={() => setEditing(false)} />}
      {mayTell && !editing && (
        <Button variant="default" onClick={() => setEditing(true)}>
          {outcome ? t('outcome.change') : t('outcome.tell')}
        </Button>
      )}
    </Section>
  );
}

function OutcomeForm({ parcel, onClose }: { parcel: ReturnView; onClose: () => void }) {
  const { t } = useTranslation('merchant');
  const { t: r } = useTranslation('records');
  const { t: c } = useTranslation();
  const tell = useApiMutation('POST /returns/{id}/outcome', { onSuccess: onClose });
  const [outcome, setOutcome] = useState<OutcomeCode>(parcel.outcome ?? 'refund');
  const [amount, setAmount] = useState(parcel.outcomeAmount ? parcel.outcomeAmount.amountMinor / 100 : null);
  const [note, setNote] = useState(parcel.outcomeNote ?? '');
  const hasAmount = WITH_AMOUNT.includes(outcome);
  const save = () =>
    tell.mutate({
      id: parcel.id,
      outcome,
      ...(hasAmount && amount !== null ? { amountMinor: Math.round(amount * 100) } : {}),
      ...(note.trim() ? { note: note.trim() } : {}),
    });
  return (
    <Stack
      gap="sm"
      component="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (!hasNumberFault(event.currentTarget as HTMLElement)) save();
      }}
    >
      <Select
        label={t('outcome.what')}
        data={OUTCOMES.map((value) => ({ value, label: r(`outcome.${value}`) }))}
        value={outcome}
        onChange={(chosen) => chosen && setOutcome(chosen as OutcomeCode)}
        allowDeselect={false}
      />
      {hasAmount && (
        <ExactNumber
          label={t('outcome.amount')}
          value={amount}
          onChange={setAmount}
          min={0}
          max={1_000_000}
          places={2}
          suffix=" €"
          hideControls
        />
      )}
      <TextInput
        label={t('outcome.note')}
        maxLength={500}
        value={note}
        onChange={({ currentTarget }) => setNote(currentTarget.value)}
      />
      {tell.error && <ErrorState error={tell.error} />}
      <Button type="submit" loading={tell.isPending}>
        {c('action.save')}
      </Button>
      <Button variant="subtle" onClick={onClose}>
        {c('action.cancel')}
      </Button>
    </Stack>
  );
}
