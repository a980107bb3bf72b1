import { SimpleGrid, Table, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ItemOf } from '../../app/api/contract.ts';
import { useApiList } from '../../app/api/queries.ts';
import { useFormats } from '../../app/i18n/formats.ts';
import { hasRole } from '../../app/session/desks.ts';
import { useUser } from '../../app/session/session.ts';
import { ConfirmButton } from '../../shared/confirm-button.tsx';
import { Day } from '../../shared/date-time.tsx';
import { Section } from '../../shared/section.tsx';
import { useStep } from '../debits/step-mutation.ts';
import { ReasonField } from '../payments/reason-step.tsx';
import { DecimalInput } from '../rate-cards/editor/decimal-input.tsx';
import { basisPointsOf } from './basis-points.ts';

type Rate = ItemOf<'GET /base-rates'>;

/** The base rates, latest first; administrators enter the next one. */
export function BaseRates() {
  const { t } = useTranslation('dunning');
  const { rate } = useFormats();
  const list = useApiList('GET /base-rates', {}, { pageSize: 200 });
  const isAdmin = hasRole(useUser(), 'admin');
  return (
    <Section title={t('settings.rates')} query={list} aside={isAdmin && <EnterRate next={list.items[0]?.validFrom} />}>
      <Table aria-label={t('settings.rates')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('settings.rateFrom')}</Table.Th>
            <Table.Th ta="right">{t('settings.rate')}</Table.Th>
            <Table.Th>{t('settings.source')}</Table.Th>
            {isAdmin && <Table.Th aria-label={t('settings.correct')} />}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {list.items.map(({ validFrom, rateBasisPoints, source }) => (
            <Table.Tr key={validFrom}>
              <Table.Td>
                <Day on={validFrom} />
              </Table.Td>
              <Table.Td ta="right">{rate(rateBasisPoints)}</Table.Td>
              <Table.Td>{source}</Table.Td>
              {isAdmin && (
                <Table.Td ta="right">
                  <CorrectRate validFrom={validFrom} known={{ rateBasisPoints, source }} />
                </Table.Td>
              )}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Section>
  );
}

/** The half-year after the latest one that is known. */
const halfYearAfter = (day: string): string =>
  day.endsWith('-01-01') ? `${day.slice(0, 4)}-07-01` : `${Number(day.slice(0, 4)) + 1}-01-01`;

function EnterRate({ next }: { next: string | undefined }) {
  const { t } = useTranslation('dunning');
  const enter = useStep('PUT /base-rates/{validFrom}');
  const [day, setDay] = useState('');
  const [rate, setRate] = useState<string>();
  const [source, setSource] = useState('Deutsche Bundesbank');
  const validFrom = day || (next ? halfYearAfter(next) : '');
  const rateBasisPoints = basisPointsOf(rate);
  return (
    <ConfirmButton
      size="xs"
      label={t('settings.enter')}
      question={t('settings.enter')}
      consequence={t('settings.enterText')}
      danger={false}
      canConfirm={validFrom !== '' && rateBasisPoints !== undefined && source.trim() !== ''}
      onConfirm={async () => {
        await enter.mutateAsync({ validFrom, rateBasisPoints: rateBasisPoints!, source: source.trim() });
        setDay('');
        setRate(undefined);
      }}
    >
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput
          type="date"
          label={t('settings.rateFrom')}
          value={validFrom}
          onChange={({ currentTarget }) => setDay(currentTarget.value)}
        />
        <DecimalInput label={t('settings.rate')} value={rate} onChange={setRate} rightSection="%" />
      </SimpleGrid>
      <TextInput
        label={t('settings.source')}
        value={source}
        maxLength={200}
        onChange={({ currentTarget }) => setSource(currentTarget.value)}
      />
    </ConfirmButton>
  );
}

/** A rate that is known and wrong. */
function CorrectRate({ validFrom, known }: { validFrom: string; known: Pick<Rate, 'rateBasisPoints' | 'source'> }) {
  const { t } = useTranslation('dunning');
  const { day } = useFormats();
  const enter = useStep('PUT /base-rates/{validFrom}');
  // what is known may change while nothing is typed
  const [typed, setTyped] = useState<{ rate: string | undefined; source: string }>();
  const { rate, source } = typed ?? { rate: (known.rateBasisPoints / 100).toFixed(2), source: known.source };
  const [reason, setReason] = useState('');
  const rateBasisPoints = basisPointsOf(rate);
  return (
    <ConfirmButton
      size="xs"
      label={t('settings.correct')}
      question={t('settings.correctQuestion', { day: day(validFrom) })}
      consequence={t('settings.correctText')}
      danger={false}
      canConfirm={rateBasisPoints !== undefined && source.trim() !== '' && reason.trim() !== ''}
      onConfirm={async () => {
        await enter.mutateAsync({
          ...{ validFrom, rateBasisPoints: rateBasisPoints!, source: source.trim(), reason: reason.trim() },
        });
        setTyped(undefined);
        setReason('');
      }}
    >
      <DecimalInput
        label={t('settings.rate')}
        value={rate}
        onChange={(next) => setTyped({ rate: next, source })}
        rightSection="%"
      />
      <TextInput
        label={t('settings.source')}
        value={source}
        maxLength={200}
        onChange={({ currentTarget }) => setTyped({ rate, source: currentTarget.value })}
      />
      <ReasonField label={t('claim.reason')} value={reason} onChange={setReason} />
    </ConfirmButton>
  );
}
