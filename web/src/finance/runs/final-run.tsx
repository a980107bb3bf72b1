import { Checkbox, Stack, Text, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi, useApiMutation } from '../../app/api/queries.ts';
import { useFormats } from '../../app/i18n/formats.ts';
import { ACCOUNT_TOPICS } from '../../shared/account/account.ts';
import { ConfirmButton } from '../../shared/confirm-button.tsx';
import { useFieldErrors } from '../../shared/field-errors.ts';
import { MerchantSelect } from '../../shared/merchant-select.tsx';
import { Notice } from '../../shared/notice.tsx';
import { houseToday } from './cutoffs.ts';

/**
 * The last bill of a merchant whose contract ends (G10): who, the last day, and what happens then. A contract that goes
 * on is ended with it when somebody says so.
 * @param merchantId  is asked for without it
 */
export function FinalRun({ merchantId: given }: { merchantId?: string }) {
  const { t } = useTranslation('finance');
  const navigate = useNavigate();
  const { day: dayWords } = useFormats();
  const [chosen, setChosen] = useState<string | null>(null);
  const [typed, setDay] = useState<string>();
  const [mayEnd, setMayEnd] = useState(false);
  // who agreed did so for one merchant and day
  const choose = (id: string | null) => {
    setChosen(id);
    setMayEnd(false);
  };
  const setLastDay = (day: string) => {
    setDay(day);
    setMayEnd(false);
  };
  const merchantId = given ?? chosen;
  const { contracts, name, open } = useEnding(merchantId);
  const day = typed ?? contracts?.findLast(({ endsOn }) => endsOn && endsOn <= houseToday())?.endsOn ?? houseToday();
  const running = contracts?.filter(({ endsOn }) => endsOn === null || endsOn > day) ?? [];
  // one that begins later would have to be deleted, which is not the same as ended
  const startsLater = running.some(({ startsOn }) => startsOn > day);
  const end = useApiMutation('PATCH /contracts/{id}');
  const start = useApiMutation('POST /billing-runs/final');
  const wrong = useFieldErrors(start.error ?? end.error);
  const act = async () => {
    if (!merchantId) return;
    for (const { id, version } of running) await end.mutateAsync({ id, endsOn: day, $options: { ifMatch: version } });
    const run = await start.mutateAsync({ merchantId, day });
    await navigate({ to: '/finance/runs/$id/$merchantId', params: { id: run.id, merchantId } });
  };
  return (
    <ConfirmButton
      danger={false}
      label={t('final.action')}
      question={name ? t('final.questionOf', { name }) : t('final.question')}
      consequence={t('final.consequence')}
      canConfirm={Boolean(merchantId && day && contracts && !startsLater && (!running.length || mayEnd))}
      onConfirm={act}
    >
      <Stack gap="md">
        {!given && <Merchant value={chosen} onChange={choose} error={wrong('merchantId')} />}
        <TextInput
          type="date"
          label={t('final.day')}
          description={t('final.dayHint')}
          max={houseToday()}
          value={day}
          error={wrong('day') ?? wrong('endsOn')}
          onChange={({ currentTarget }) => setLastDay(currentTarget.value)}
        />
        {open !== undefined && <Text>{t('final.open', { amount: open })}</Text>}
        {startsLater && <Notice tone="bad">{t('final.startsLater')}</Notice>}
        {running.length > 0 && !startsLater && (
          <Notice tone="warn" title={t('final.goesOn')}>
            <Checkbox
              mt={4}
              size="md"
              label={t('final.end', { day: dayWords(day) })}
              checked={mayEnd}
              onChange={({ currentTarget }) => setMayEnd(currentTarget.checked)}
            />
          </Notice>
        )}
      </Stack>
    </ConfirmButton>
  );
}

function Merchant(field: { value: string | null; onChange: (id: string | null) => void; error: string | undefined }) {
  const { t } = useTranslation('finance');
  return <MerchantSelect withNumber label={t('run.merchant')} required clearable={false} {...field} />;
}

/** What is known of a merchant that leaves: its contracts, its name, and what is open. */
function useEnding(merchantId: string | null) {
  const { money } = useFormats();
  const asks = { enabled: merchantId !== null };
  const id = merchantId ?? '';
  // as the page around it asks: of one query the last one's wish to be told of changes counts
  const contracts = useApi('GET /contracts', { merchantId: id, limit: 200 }, { ...asks, live: true }).data?.items;
  const account = useApi('GET /merchants/{id}/account', { id }, { ...asks, live: ACCOUNT_TOPICS }).data;
  const name = useApi('GET /merchants/{id}', { id }, { ...asks, live: true }).data?.name;
  return { contracts, name, open: account && money(account.netMinor, account.currency) };
}
