import { Button, Checkbox, Fieldset, Group, SimpleGrid, Stack, Text } from '@mantine/core';
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

/** A row of fields per level on a desk, one below the other on a phone. */
function Levels({ draft, onChange }: LevelsProps) {
  const words = useLevelWords();
  return draft.levels.map((terms, level) => (
    <Fieldset key={level} legend={words(level)} variant="unstyled">
      <LevelFields terms={terms} level={level} onChange={(patch) => onChange(level, patch)} />
    </Fieldset>
  ));
}

interface LevelFieldsProps {
  terms: Settings['settings']['levels'][number];
  level: number;
  onChange: (patch: Partial<LevelFieldsProps['terms']>) => void;
}

function LevelFields({ terms, level, onChange }: LevelFieldsProps) {
  const { t } = useTranslation('dunning');
  return (
    <SimpleGrid cols={{ base: 2, sm: 3 }} style={{ alignItems: 'end' }}>
      <ExactNumber
        hideControls
        label={t('settings.afterDue')}
        value={terms.daysAfterDue}
        min={1}
        max={365}
        onChange={(days) => onChange({ daysAfterDue: days ?? 1 })}
      />
      <ExactNumber
        hideControls
        label={t('settings.payWithin')}
        value={terms.payWithinDays}
        min={1}
        max={60}
        onChange={(days) => onChange({ payWithinDays: days ?? 1 })}
      />
      {level > 0 && (
        <Amount label={t('settings.fee')} minor={terms.feeMinor} onChange={(feeMinor) => onChange({ feeMinor })} />
      )}
    </SimpleGrid>
  );
}

interface AmountProps {
  minor: number;
  onChange: (minor: number) => void;
  label: string;
}

/** An amount that may be nothing. */
function Amount({ minor, onChange, ...field }: AmountProps) {
  const [text, setText] = useState<string | undefined>(decimalOf(minor));
  return (
    <DecimalInput
      {...field}
      maw={220}
      rightSection="€"
      value={text}
      onChange={(next) => {
        setText(next);
        onChange(Math.round(Number(next ?? 0) * 100));
      }}
    />
  );
}
