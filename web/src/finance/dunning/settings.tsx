import { Button, Checkbox, Group, Stack, Table, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Output } from '../../app/api/contract.ts';
import { useApi } from '../../app/api/queries.ts';
import { ErrorState } from '../../shared/error-state.tsx';
import { ExactNumber } from '../../shared/exact-number.tsx';
import { Section } from '../../shared/section.tsx';
import { useStep } from '../debits/step-mutation.ts';
import { decimalOf } from '../payments/amount.ts';
import { DecimalInput } from '../rate-cards/editor/decimal-input.tsx';
import { BaseRates } from './base-rates.tsx';
import { useLevelWords } from '../../shared/dunning/level-words.ts';

type Settings = Output<'GET /dunning-settings'>;

/** When which letter is due and what it costs, and the base rate that interest goes by. */
export function DunningSettings() {
  const { t } = useTranslation('dunning');
  const query = useApi('GET /dunning-settings', {});
  return (
    <Stack gap="lg">
      <Section title={t('settings.levels')} query={query}>
        {query.data && <Form key={query.data.version} settings={query.data} />}
      </Section>
      <BaseRates />
    </Stack>
  );
}

function Form({ settings: { settings, version } }: { settings: Settings }) {
  const { t } = useTranslation('dunning');
  const save = useStep('PUT /dunning-settings');
  const [draft, setDraft] = useState(settings);
  const change = (level: number, patch: Partial<(typeof draft.levels)[number]>) =>
    setDraft({
      ...draft,
      levels: draft.levels.map((terms, index) => (index === level ? { ...terms, ...patch } : terms)),
    });
  const put = () =>
    save.mutate(
      { ...draft, $options: { ifMatch: version } },
      { onSuccess: () => notifications.show({ message: t('settings.saved') }) },
    );
  return (
    <Stack gap="md">
      <Levels draft={draft} onChange={change} />
      <Amount
        label={t('settings.minimum')}
        minor={draft.minimumMinor}
        onChange={(minimumMinor) => setDraft({ ...draft, minimumMinor })}
      />
      <Checkbox
        label={t('settings.interest')}
        checked={draft.interest}
        onChange={({ currentTarget }) => setDraft({ ...draft, interest: currentTarget.checked })}
      />
      <Checkbox
        label={t('settings.lumpSum')}
        checked={draft.lumpSum}
        onChange={({ currentTarget }) => setDraft({ ...draft, lumpSum: currentTarget.checked })}
      />
      <Text c="dimmed" fz="sm">
        {t('settings.hint')}
      </Text>
      {save.error && <ErrorState error={save.error} />}
      <Group>
        <Button loading={save.isPending} onClick={put}>
          {t('settings.save')}
        </Button>
      </Group>
    </Stack>
  );
}

interface LevelsProps {
  draft: Settings['settings'];
  onChange: (level: number, patch: Partial<Settings['settings']['levels'][number]>) => void;
}

function Levels({ draft, onChange }: LevelsProps) {
  const { t } = useTranslation('dunning');
  const words = useLevelWords();
  return (
    <Table.ScrollContainer minWidth={300}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('run.level')}</Table.Th>
            <Table.Th>{t('settings.afterDue')}</Table.Th>
            <Table.Th>{t('settings.payWithin')}</Table.Th>
            <Table.Th>{t('settings.fee')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {draft.levels.map((terms, level) => (
            <Table.Tr key={level}>
              <Table.Td>{words(level)}</Table.Td>
              <Table.Td>
                <ExactNumber
                  hideControls
                  maw={90}
                  aria-label={`${t('settings.afterDue')}, ${words(level)}`}
                  value={terms.daysAfterDue}
                  min={1}
                  max={365}
                  onChange={(days) => onChange(level, { daysAfterDue: days ?? 1 })}
                />
              </Table.Td>
              <Table.Td>
                <ExactNumber
                  hideControls
                  maw={90}
                  aria-label={`${t('settings.payWithin')}, ${words(level)}`}
                  value={terms.payWithinDays}
                  min={1}
                  max={60}
                  onChange={(days) => onChange(level, { payWithinDays: days ?? 1 })}
                />
              </Table.Td>
              <Table.Td>
                {level === 0 ? (
                  '–'
                ) : (
                  <Amount
                    aria-label={`${t('settings.fee')}, ${words(level)}`}
                    minor={terms.feeMinor}
                    onChange={(feeMinor) => onChange(level, { feeMinor })}
                  />
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

interface AmountProps {
  minor: number;
  onChange: (minor: number) => void;
  label?: string;
  'aria-label'?: string;
}

/** An amount that may be nothing. */
function Amount({ minor, onChange, ...field }: AmountProps) {
  const [text, setText] = useState<string | undefined>(decimalOf(minor));
  return (
    <DecimalInput
      {...field}
      maw={130}
      rightSection="€"
      value={text}
      onChange={(next) => {
        setText(next);
        onChange(Math.round(Number(next ?? 0) * 100));
      }}
    />
  );
}
