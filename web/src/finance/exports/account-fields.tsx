import { ActionIcon, Button, Group, Select, SimpleGrid, Text, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { callApi } from '../../app/api/client.ts';
import { useFormats } from '../../app/i18n/formats.ts';
import { useErrorText } from '../../shared/error-text.ts';
import { ExactNumber } from '../../shared/exact-number.tsx';
import { Notice } from '../../shared/notice.tsx';
import { numberFault } from '../../shared/number-range.ts';
import { Section } from '../../shared/section.tsx';
import { accountsOfOtherChart } from './settings-draft.ts';
import type { SettingsFormProps } from './settings-form.tsx';

const CHARTS = ['SKR03', 'SKR04'] as const;
const CATEGORIES = ['S', 'AE', 'O', 'E'] as const;
type Category = (typeof CATEGORIES)[number];

/** Per cent. */
const RATE = { places: 2, max: 100 };

/** The chart of accounts, and the account of revenue of each kind of VAT. */
export function AccountFields({ draft, onChange, errorOf }: SettingsFormProps) {
  const { t } = useTranslation('exports');
  const { chart, accountDigits, accounts } = draft;
  const foreign = accountsOfOtherChart(draft);
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
      </Group>
      {foreign.length > 0 && (
        <Notice tone="warn" role="status">
          {t('settings.otherChart', { chart, accounts: foreign.join(', ') })}
        </Notice>
      )}
      <UsualAccounts draft={draft} onChange={onChange} errorOf={errorOf} />
      <AccountRows accounts={accounts} onChange={(next) => onChange({ accounts: next })} errorOf={errorOf} />
    </Section>
  );
}

/** Fills in what most books of the chart have; how debtors are numbered is another matter. */
function UsualAccounts({ draft: { chart, accountDigits }, onChange }: SettingsFormProps) {
  const { t } = useTranslation('exports');
  const errorText = useErrorText();
  const [{ busy, error }, setState] = useState<{ busy: boolean; error?: unknown }>({ busy: false });
  const take = async () => {
    setState({ busy: true });
    try {
      const { accounts } = await callApi('GET /accounting-settings/proposal', {
        chart,
        accountDigits: accountDigits ?? 0,
      });
      onChange({ accounts });
      setState({ busy: false });
    } catch (failure) {
      setState({ busy: false, error: failure });
    }
  };
  return (
    <>
      <Button size="md" variant="default" w="fit-content" loading={busy} onClick={() => void take()}>
        {t('settings.usual')}
      </Button>
      {error !== undefined && (
        <Notice tone="bad" role="alert">
          {errorText(error)}
        </Notice>
      )}
    </>
  );
}

type Accounts = SettingsFormProps['draft']['accounts'];

interface AccountRowsProps {
  accounts: Accounts;
  onChange: (accounts: Accounts) => void;
  errorOf: SettingsFormProps['errorOf'];
}

function AccountRows({ accounts, onChange, errorOf }: AccountRowsProps) {
  const { t } = useTranslation('exports');
  const { percent } = useFormats();
  const setAccount = (at: number, account: string) =>
    onChange(accounts.map((entry, index) => (index === at ? { ...entry, account } : entry)));
  return (
    <>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        {accounts.map(({ category, rateBasisPoints, account }, index) => {
          const name = t(`settings.category.${category}`, { rate: percent(rateBasisPoints / 10_000) });
          return (
            <Group key={`${category} ${rateBasisPoints}`} gap="xs" align="flex-end" wrap="nowrap">
              <TextInput
                flex={1}
                size="md"
                inputMode="numeric"
                label={name}
                value={account}
                error={errorOf(`accounts.${index}`, true)}
                onChange={({ currentTarget }) => setAccount(index, currentTarget.value)}
              />
              <ActionIcon
                size={42}
                variant="default"
                aria-label={t('settings.removeAccount', { name })}
                disabled={accounts.length === 1}
                onClick={() => onChange(accounts.filter((_, at) => at !== index))}
              >
                <IconTrash size={20} aria-hidden />
              </ActionIcon>
            </Group>
          );
        })}
      </SimpleGrid>
      <NewAccount accounts={accounts} onAdd={(entry) => onChange([...accounts, entry])} />
    </>
  );
}

/** An account for a rate or a kind of VAT that has none yet. */
function NewAccount({ accounts, onAdd }: { accounts: Accounts; onAdd: (entry: Accounts[number]) => void }) {
  const { t } = useTranslation('exports');
  const [category, setCategory] = useState<Category>('S');
  const [percentage, setPercentage] = useState<number | null>(null);
  const [account, setAccount] = useState('');
  const rateBasisPoints = category === 'S' ? Math.round((percentage ?? 0) * 100) : 0;
  const isThere = accounts.some((one) => one.category === category && one.rateBasisPoints === rateBasisPoints);
  const isRate = rateBasisPoints > 0 && numberFault(percentage, RATE) === null;
  const hasRate = category !== 'S' || isRate;
  const add = () => {
    onAdd({ category, rateBasisPoints, account: account.trim() });
    setPercentage(null);
    setAccount('');
  };
  return (
    <Group align="flex-start" gap="md" role="group" aria-label={t('settings.addAccount')}>
      <Select
        size="md"
        label={t('settings.newCategory')}
        w={{ base: '100%', sm: 320 }}
        allowDeselect={false}
        value={category}
        onChange={(value) => setCategory(CATEGORIES.find((one) => one === value)!)}
        data={CATEGORIES.map((value) => ({ value, label: t(`settings.newCategories.${value}`) }))}
      />
      {category === 'S' && (
        <ExactNumber
          hideControls
          w={160}
          label={t('settings.newRate')}
          suffix=" %"
          {...RATE}
          value={percentage}
          onChange={setPercentage}
        />
      )}
      <TextInput
        size="md"
        w={160}
        inputMode="numeric"
        label={t('settings.newAccount')}
        maxLength={8}
        value={account}
        error={isThere && account ? t('settings.isThere') : undefined}
        onChange={({ currentTarget }) => setAccount(currentTarget.value)}
      />
      <Button
        size="md"
        variant="default"
        mt={{ base: 0, sm: 25 }}
        leftSection={<IconPlus size={18} aria-hidden />}
        disabled={!account.trim() || !hasRate || isThere}
        onClick={add}
      >
        {t('settings.addAccount')}
      </Button>
    </Group>
  );
}
