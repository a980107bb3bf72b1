import { Button, Group, Radio, Select, SimpleGrid, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { callApi } from '../../app/api/client.ts';
import { useFormats } from '../../app/i18n/formats.ts';
import { ExactNumber } from '../../shared/exact-number.tsx';
import { Section } from '../../shared/section.tsx';
import type { SettingsDraft } from './settings-draft.ts';

export interface SettingsFormProps {
  draft: SettingsDraft;
  onChange: (patch: Partial<SettingsDraft>) => void;
  /** What the server says of a field, by its path in the body. */
  errorOf: (path: string, deep?: boolean) => string | undefined;
}

const CHARTS = ['SKR03', 'SKR04'] as const;
const MODES = ['perMerchant', 'collective'] as const;
const REFERENCES = ['original', 'own'] as const;

/** How the books are kept: whose they are, the accounts of revenue, and those of merchants. */
export function SettingsForm(props: SettingsFormProps) {
  return (
    <Stack gap="lg">
      <Adviser {...props} />
      <Accounts {...props} />
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

function Accounts({ draft, onChange, errorOf }: SettingsFormProps) {
  const { t } = useTranslation('exports');
  const { percent } = useFormats();
  const { chart, accountDigits, accounts } = draft;
  const takeUsual = async () =>
    onChange(await callApi('GET /accounting-settings/proposal', { chart, accountDigits: accountDigits ?? 4 }));
  const setAccount = (at: number, account: string) =>
    onChange({ accounts: accounts.map((entry, index) => (index === at ? { ...entry, account } : entry)) });
  return (
    <Section title={t('settings.accounts')}>
      <Text c="dimmed">{t('settings.accountsLead')}</Text>
      <Group align="flex-end" gap="md">
        <Select
          size="md"
          label={t('settings.chart')}
          allowDeselect={false}
          value={chart}
          error={errorOf('chart')}
          onChange={(value) => onChange({ chart: CHARTS.find((one) => one === value)! })}
          data={[...CHARTS]}
        />
        <ExactNumber
          hideControls
          label={t('settings.accountDigits')}
          min={4}
          max={8}
          value={accountDigits}
          error={errorOf('accountDigits')}
          onChange={(value) => onChange({ accountDigits: value })}
        />
        <Button size="md" variant="default" onClick={() => void takeUsual()}>
          {t('settings.usual')}
        </Button>
      </Group>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        {accounts.map(({ category, rateBasisPoints, account }, index) => (
          <TextInput
            key={`${category} ${rateBasisPoints}`}
            size="md"
            inputMode="numeric"
            label={t(`settings.category.${category}`, { rate: percent(rateBasisPoints / 10_000) })}
            value={account}
            error={errorOf(`accounts.${index}`, true)}
            onChange={({ currentTarget }) => setAccount(index, currentTarget.value)}
          />
        ))}
      </SimpleGrid>
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
