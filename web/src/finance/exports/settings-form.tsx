import { Radio, Select, SimpleGrid, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ExactNumber } from '../../shared/exact-number.tsx';
import { Section } from '../../shared/section.tsx';
import { AccountFields } from './account-fields.tsx';
import type { SettingsDraft } from './settings-draft.ts';

export interface SettingsFormProps {
  draft: SettingsDraft;
  onChange: (patch: Partial<SettingsDraft>) => void;
  /** What the server says of a field, by its path in the body. */
  errorOf: (path: string, deep?: boolean) => string | undefined;
}

const MODES = ['perMerchant', 'collective'] as const;
const REFERENCES = ['original', 'own'] as const;

/** How the books are kept: whose they are, the accounts of revenue, and those of merchants. */
export function SettingsForm(props: SettingsFormProps) {
  return (
    <Stack gap="lg">
      <Adviser {...props} />
      <AccountFields {...props} />
      <Debtors {...props} />
    </Stack>
  );
}

function Adviser({ draft, onChange, errorOf }: SettingsFormProps) {
  const { t, i18n } = useTranslation('exports');
  const month = new Intl.DateTimeFormat(i18n.language, { month: 'long', timeZone: 'UTC' });
  const months = Array.from({ length: 12 }, (_, index) => ({
    value: String(index + 1),
    label: month.format(Date.UTC(2026, index, 1)),
  }));
  return (
    <Section title={t('settings.adviser')}>
      <Text c="dimmed">{t('settings.adviserLead')}</Text>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        {(['consultantNumber', 'clientNumber'] as const).map((field) => (
          <ExactNumber
            key={field}
            hideControls
            thousandSeparator={false}
            label={t(`settings.${field}`)}
            value={draft[field]}
            error={errorOf(field)}
            onChange={(value) => onChange({ [field]: value })}
          />
        ))}
        <Select
          size="md"
          label={t('settings.fiscalYearStartMonth')}
          allowDeselect={false}
          value={String(draft.fiscalYearStartMonth)}
          error={errorOf('fiscalYearStartMonth')}
          onChange={(value) => onChange({ fiscalYearStartMonth: Number(value) })}
          data={months}
        />
        <TextInput
          size="md"
          label={t('settings.initials')}
          description={t('settings.initialsHint')}
          maxLength={2}
          value={draft.initials}
          error={errorOf('initials')}
          onChange={({ currentTarget }) => onChange({ initials: currentTarget.value.toUpperCase() })}
        />
      </SimpleGrid>
      <Switch
        size="md"
        label={t('settings.locked')}
        description={t('settings.lockedHint')}
        checked={draft.locked}
        onChange={({ currentTarget }) => onChange({ locked: currentTarget.checked })}
      />
      <Radio.Group
        label={t('settings.correctionReference')}
        description={t('settings.correctionReferenceHint')}
        value={draft.correctionReference}
        onChange={(value) => onChange({ correctionReference: REFERENCES.find((one) => one === value)! })}
      >
        <Stack gap="xs" mt={6}>
          {REFERENCES.map((value) => (
            <Radio key={value} size="md" value={value} label={t(`settings.references.${value}`)} />
          ))}
        </Stack>
      </Radio.Group>
    </Section>
  );
}

function Debtors({ draft: { debtors }, onChange, errorOf }: SettingsFormProps) {
  const { t } = useTranslation('exports');
  const isCollective = debtors.mode === 'collective';
  return (
    <Section title={t('settings.debtors')}>
      <Radio.Group
        label={t('settings.debtorMode')}
        value={debtors.mode}
        onChange={(value) => onChange({ debtors: { ...debtors, mode: MODES.find((one) => one === value)! } })}
      >
        <Stack gap="xs" mt={6}>
          {MODES.map((value) => (
            <Radio key={value} size="md" value={value} label={t(`settings.modes.${value}`)} />
          ))}
        </Stack>
      </Radio.Group>
      <TextInput
        size="md"
        maw={420}
        inputMode="numeric"
        label={t(isCollective ? 'settings.collectiveAccount' : 'settings.firstNumber')}
        {...(isCollective ? {} : { description: t('settings.firstNumberHint') })}
        value={debtors.account}
        error={errorOf('debtors.account')}
        onChange={({ currentTarget }) => onChange({ debtors: { ...debtors, account: currentTarget.value } })}
      />
    </Section>
  );
}
