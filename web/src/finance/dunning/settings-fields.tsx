import { Checkbox, Fieldset, SimpleGrid, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLevelWords } from '../../shared/dunning/level-words.ts';
import { ExactNumber } from '../../shared/exact-number.tsx';
import { DecimalInput } from '../rate-cards/editor/decimal-input.tsx';
import type { LevelDraft, SettingsDraft } from './settings-draft.ts';

interface SettingsFieldsProps {
  draft: SettingsDraft;
  onChange: (patch: Partial<SettingsDraft>) => void;
  /** What the server says of a field, by its path in the body. */
  errorOf: (path: string) => string | undefined;
}

/** A row of fields per level on a desk, one below the other on a phone; below them what holds for all. */
export function SettingsFields({ draft, onChange, errorOf }: SettingsFieldsProps) {
  const { t } = useTranslation('dunning');
  const words = useLevelWords();
  const changeLevel = (level: number, patch: Partial<LevelDraft>) =>
    onChange({ levels: draft.levels.map((terms, index) => (index === level ? { ...terms, ...patch } : terms)) });
  return (
    <>
      {draft.levels.map((terms, level) => (
        <Fieldset key={level} legend={words(level)} variant="unstyled">
          <LevelFields
            terms={terms}
            level={level}
            errorOf={(field) => errorOf(`levels.${level}.${field}`)}
            onChange={(patch) => changeLevel(level, patch)}
          />
        </Fieldset>
      ))}
      <DecimalInput
        label={t('settings.minimum')}
        maw={220}
        rightSection="€"
        value={draft.minimum}
        error={errorOf('minimumMinor')}
        onChange={(minimum) => onChange({ minimum })}
      />
      <Checkbox
        label={t('settings.interest')}
        checked={draft.interest}
        onChange={({ currentTarget }) => onChange({ interest: currentTarget.checked })}
      />
      <Checkbox
        label={t('settings.lumpSum')}
        checked={draft.lumpSum}
        onChange={({ currentTarget }) => onChange({ lumpSum: currentTarget.checked })}
      />
      <Text c="dimmed" fz="sm">
        {t('settings.hint')}
      </Text>
    </>
  );
}

interface LevelFieldsProps {
  terms: LevelDraft;
  level: number;
  onChange: (patch: Partial<LevelDraft>) => void;
  errorOf: (field: string) => string | undefined;
}

function LevelFields({ terms, level, onChange, errorOf }: LevelFieldsProps) {
  const { t } = useTranslation('dunning');
  return (
    <SimpleGrid cols={{ base: 2, sm: 3 }} style={{ alignItems: 'end' }}>
      <ExactNumber
        hideControls
        label={t('settings.afterDue')}
        value={terms.daysAfterDue}
        min={1}
        max={365}
        error={errorOf('daysAfterDue')}
        onChange={(daysAfterDue) => onChange({ daysAfterDue })}
      />
      <ExactNumber
        hideControls
        label={t('settings.payWithin')}
        value={terms.payWithinDays}
        min={1}
        max={60}
        error={errorOf('payWithinDays')}
        onChange={(payWithinDays) => onChange({ payWithinDays })}
      />
      {level > 0 && (
        <DecimalInput
          label={t('settings.fee')}
          maw={220}
          rightSection="€"
          value={terms.fee}
          error={errorOf('feeMinor')}
          onChange={(fee) => onChange({ fee })}
        />
      )}
    </SimpleGrid>
  );
}
