import { Card, Select, Skeleton, Stack, Tabs } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { localDateOf } from '../../../../shared/kernel/dates.ts';
import { useApi } from '../../app/api/queries.ts';
import { HOUSE_ZONE } from '../../app/i18n/formats.ts';
import { ApiError } from '../../app/api/errors.ts';
import { ContractsPanel } from '../../shared/contracts/contracts-panel.tsx';
import { LetterButton } from '../../shared/letter-dialog.tsx';
import { LetterHistory } from '../../shared/letter-history.tsx';
import { NotesPanel } from '../../shared/notes-panel.tsx';
import { PageError } from '../../shared/page-error.tsx';
import { PageHeader } from '../../shared/page-header.tsx';
import { StaleNotice } from '../../shared/stale-notice.tsx';
import { useUrlFilters } from '../../shared/url-filters.ts';
import {
  useMerchantDraft,
  type DraftField,
  type Merchant,
  type MerchantDraft,
} from '../../shared/merchant-record/draft.ts';
import { InspectionTab } from '../merchant/inspection-tab.tsx';
import { RecordSaveBar } from '../../shared/merchant-record/record-save-bar.tsx';
import { RecordTab } from '../../shared/merchant-record/record-tab.tsx';
import { RulesTab } from '../merchant/rules-tab.tsx';
import { StatusBadge } from '../merchant/status-badge.tsx';
import { TermsTab } from '../merchant/terms-tab.tsx';
import { MailSwitches } from '../parts/mail-switches.tsx';
import { Section } from '../parts/section.tsx';
import { Trail } from '../parts/trail.tsx';
import classes from '../parts/tabs.module.css';

const TABS = ['record', 'contracts', 'rules', 'inspection', 'terms', 'mails', 'notes', 'trail'] as const;
type Tab = (typeof TABS)[number];

export function MerchantPage() {
  const { id } = useParams({ from: '/session/admin/merchants/$id' });
  const { data, error, refetch } = useApi('GET /merchants/{id}', { id }, { live: true });
  if (error && !data) return <PageError error={error} onRetry={refetch} back="/admin/merchants" />;
  if (!data) return <Skeleton h={320} />;
  return (
    <>
      <StaleNotice error={error} refetch={refetch} />
      <MerchantRecord merchant={data} />
    </>
  );
}

function MerchantRecord({ merchant }: { merchant: Merchant }) {
  const { t } = useTranslation('admin');
  const { values, change } = useUrlFilters(['tab']);
  const tab = TABS.find((one) => one === values.tab) ?? 'record';
  const draft = useMerchantDraft(merchant);
  return (
    <>
      <PageHeader
        title={merchant.name}
        lead={t('merchant.lead', { number: merchant.number })}
        back="/admin/merchants"
        aside={<StatusBadge status={merchant.status} />}
        actions={
          <LetterButton merchantId={merchant.id} about={{ type: 'merchant', id: merchant.id }} consumer={false} />
        }
      />
      <Tabs value={tab} onChange={(next) => change({ tab: next })} keepMounted={false} activateTabWithKeyboard={false}>
        <Select
          hiddenFrom="sm"
          label={t('merchant.area')}
          data={TABS.map((one) => ({ value: one, label: t(`merchant.tabs.${one}`) }))}
          value={tab}
          allowDeselect={false}
          onChange={(next) => change({ tab: next })}
        />
        <div className={classes.scroll}>
          <Tabs.List className={classes.tabs}>
            {TABS.map((one) => (
              <Tabs.Tab key={one} value={one}>
                {t(`merchant.tabs.${one}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
        </div>
        <Tabs.Panel value={tab} pt="lg">
          <Panel tab={tab} merchant={merchant} draft={draft} />
        </Tabs.Panel>
      </Tabs>
      <Saving draft={draft} tab={tab} />
    </>
  );
}

function Panel({ tab, merchant, draft }: { tab: Tab; merchant: Merchant; draft: MerchantDraft }) {
  const { t } = useTranslation('admin');
  const { id } = merchant;
  if (tab === 'record') return <RecordTab draft={draft} merchant={merchant} />;
  if (tab === 'contracts') return <ContractsPanel merchantId={id} today={localDateOf(new Date(), HOUSE_ZONE)} />;
  if (tab === 'rules') return <RulesTab merchantId={id} draft={draft} />;
  if (tab === 'inspection') return <InspectionTab merchantId={id} draft={draft} />;
  if (tab === 'terms') return <TermsTab draft={draft} />;
  if (tab === 'trail') return <Trail entity="merchant" entityId={id} />;
  if (tab === 'mails')
    return (
      <Section title={t('mails.title')} lead={t('mails.lead')}>
        <MailSwitches merchantId={id} />
      </Section>
    );
  return (
    <Stack gap="lg">
      <NotesPanel subject="merchant" subjectId={id} />
      <Card>
        <LetterHistory documentId={id} order={2} />
      </Card>
    </Stack>
  );
}

/** Which tab shows a field. */
const TAB_OF: Partial<Record<DraftField, Tab>> = { returnRules: 'rules', rtvSchedule: 'terms' };
const TAB_OF_POLICY: Record<string, Tab> = {
  decision: 'terms',
  batch: 'terms',
  announcedExpiryDays: 'terms',
  quarantineFreeDays: 'terms',
};

function Saving({ draft, tab }: { draft: MerchantDraft; tab: Tab }) {
  const { t } = useTranslation('admin');
  const problems = draft.error instanceof ApiError ? draft.error.errors : [];
  const elsewhere = [...new Set(problems.map(({ path }) => tabOf(path)))].filter((one) => one !== tab);
  const tabs = elsewhere.map((one) => t(`merchant.tabs.${one}`)).join(', ');
  return <RecordSaveBar draft={draft} hint={tabs ? t('save.elsewhere', { tabs }) : undefined} />;
}

function tabOf(path: string): Tab {
  const [first, second = ''] = path.split('.');
  if (first === 'returnPolicy') return TAB_OF_POLICY[second] ?? 'inspection';
  return TAB_OF[first as DraftField] ?? 'record';
}
