import { SimpleGrid, Table, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Input, ItemOf } from '../../app/api/contract.ts';
import { useApiList } from '../../app/api/queries.ts';
import { useFormats } from '../../app/i18n/formats.ts';
import { hasRole } from '../../app/session/desks.ts';
import { useUser } from '../../app/session/session.ts';
import { StepButton, StepForm } from '../../shared/confirm-button.tsx';
import { Day } from '../../shared/date-time.tsx';
import { Section } from '../../shared/section.tsx';
import { useStep } from '../debits/step-mutation.ts';
import { ReasonField } from '../../shared/reason-step.tsx';
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
  return (
    <StepButton size="xs" label={t('settings.enter')} question={t('settings.enter')} danger={false}>
      <EnterFields validFrom={next ? halfYearAfter(next) : ''} onConfirm={(said) => enter.mutateAsync(said)} />
    </StepButton>
  );
}

interface FieldsProps {
  validFrom: string;
  onConfirm: (said: Input<'PUT /base-rates/{validFrom}'>) => Promise<unknown>;
}

function EnterFields({ validFrom, onConfirm }: FieldsProps) {
  const { t } = useTranslation('dunning');
  const [day, setDay] = useState(validFrom);
  const [rate, setRate] = useState<string>();
  const [source, setSource] = useState('Deutsche Bundesbank');
  const rateBasisPoints = basisPointsOf(rate);
  return (
    <StepForm
      consequence={t('settings.enterText')}
      canConfirm={day !== '' && rateBasisPoints !== undefined && source.trim() !== ''}
      onConfirm={() => onConfirm({ validFrom: day, rateBasisPoints: rateBasisPoints!, source: source.trim() })}
    >
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput
          type="date"
          label={t('settings.rateFrom')}
          value={day}
          onChange={({ currentTarget }) => setDay(currentTarget.value)}
        />
        <DecimalInput label={t('settings.rate')} value={rate} onChange={setRate} rightSection="%" />
      </SimpleGrid>
      <SourceField value={source} onChange={setSource} />
    </StepForm>
  );
}

/** A rate that is known and wrong. */
function CorrectRate({ validFrom, known }: { validFrom: string; known: Known }) {
  const { t } = useTranslation('dunning');
  const { day } = useFormats();
  const enter = useStep('PUT /base-rates/{validFrom}');
  return (
    <StepButton
      size="xs"
      label={t('settings.correct')}
      question={t('settings.correctQuestion', { day: day(validFrom) })}
      danger={false}
    >
      <CorrectFields validFrom={validFrom} known={known} onConfirm={(said) => enter.mutateAsync(said)} />
    </StepButton>
  );
}

type Known = Pick<Rate, 'rateBasisPoints' | 'source'>;

function CorrectFields({ validFrom, known, onConfirm }: FieldsProps & { known: Known }) {
  const { t } = useTranslation('dunning');
  const [rate, setRate] = useState<string | undefined>((known.rateBasisPoints / 100).toFixed(2));
  const [source, setSource] = useState(known.source);
  const [reason, setReason] = useState('');
  const rateBasisPoints = basisPointsOf(rate);
  return (
    <StepForm
      consequence={t('settings.correctText')}
      canConfirm={rateBasisPoints !== undefined && source.trim() !== '' && reason.trim() !== ''}
      onConfirm={() =>
        onConfirm({ validFrom, rateBasisPoints: rateBasisPoints!, source: source.trim(), reason: reason.trim() })
      }
    >
      <DecimalInput label={t('settings.rate')} value={rate} onChange={setRate} rightSection="%" />
      <SourceField value={source} onChange={setSource} />
      <ReasonField value={reason} onChange={setReason} />
    </StepForm>
  );
}

function SourceField({ value, onChange }: { value: string; onChange: (source: string) => void }) {
  const { t } = useTranslation('dunning');
  return (
    <TextInput
      label={t('settings.source')}
      value={value}
      maxLength={200}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}
