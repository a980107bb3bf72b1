import { SimpleGrid, Table, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
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

/** The base rates, latest first; administrators enter the next one. */
export function BaseRates() {
  const { t } = useTranslation('dunning');
  const { percent } = useFormats();
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
              <Table.Td ta="right">{percent(rateBasisPoints / 10_000)}</Table.Td>
              <Table.Td>{source}</Table.Td>
              {isAdmin && (
                <Table.Td ta="right">
                  <CorrectRate validFrom={validFrom} known={rateBasisPoints} />
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
  return (
    <ConfirmButton
      size="xs"
      label={t('settings.enter')}
      question={t('settings.enter')}
      consequence={t('settings.enterText')}
      danger={false}
      canConfirm={validFrom !== '' && rate !== undefined && source.trim() !== ''}
      onConfirm={() =>
        enter.mutateAsync({ validFrom, rateBasisPoints: Math.round(Number(rate) * 100), source: source.trim() })
      }
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

/** A rate that is known and wrong, as long as no letter counted with it. */
function CorrectRate({ validFrom, known }: { validFrom: string; known: number }) {
  const { t } = useTranslation('dunning');
  const { day } = useFormats();
  const enter = useStep('PUT /base-rates/{validFrom}');
  const [rate, setRate] = useState<string | undefined>(String(known / 100));
  const [source, setSource] = useState('Deutsche Bundesbank');
  const [reason, setReason] = useState('');
  return (
    <ConfirmButton
      size="xs"
      label={t('settings.correct')}
      question={t('settings.correctQuestion', { day: day(validFrom) })}
      consequence={t('settings.correctText')}
      danger={false}
      canConfirm={rate !== undefined && source.trim() !== '' && reason.trim() !== ''}
      onConfirm={() =>
        enter.mutateAsync({
          validFrom,
          rateBasisPoints: Math.round(Number(rate) * 100),
          ...{ source: source.trim(), reason: reason.trim() },
        })
      }
    >
      <DecimalInput label={t('settings.rate')} value={rate} onChange={setRate} rightSection="%" />
      <TextInput
        label={t('settings.source')}
        value={source}
        maxLength={200}
        onChange={({ currentTarget }) => setSource(currentTarget.value)}
      />
      <ReasonField label={t('claim.reason')} value={reason} onChange={setReason} />
    </ConfirmButton>
  );
}
