import { Button, SegmentedControl, Skeleton, Stack } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

import { ApiError } from '../../app/api/errors.ts';
import { useApi } from '../../app/api/queries.ts';
import { useFormats } from '../../app/i18n/formats.ts';
import { ACCOUNT_TOPICS, type Account } from '../../shared/account/account.ts';
import { AccountView } from '../../shared/account/account-view.tsx';
import { ContractsPanel } from '../../shared/contracts/contracts-panel.tsx';
import { ErrorState } from '../../shared/error-state.tsx';
import { useMerchantDraft, type Merchant } from '../../shared/merchant-record/draft.ts';
import { RecordSaveBar } from '../../shared/merchant-record/record-save-bar.tsx';
import { RecordTab } from '../../shared/merchant-record/record-tab.tsx';
import { NotesPanel } from '../../shared/notes-panel.tsx';
import { PageHeader } from '../../shared/page-header.tsx';
import { StaleNotice } from '../../shared/stale-notice.tsx';
import { useUrlFilters } from '../../shared/url-filters.ts';
import { MerchantTerms } from '../dunning/merchant-terms.tsx';
import { houseToday } from '../runs/cutoffs.ts';
import { FinalRun } from '../runs/final-run.tsx';

const VIEWS = ['account', 'contract', 'record'] as const;
type View = (typeof VIEWS)[number];

/** The running account of a merchant, as the merchant sees it, with what finance does from here. */
export function AccountPage() {
  const { t } = useTranslation('finance');
  const { day } = useFormats();
  const { id } = useParams({ from: '/session/finance/accounts/$id' });
  const merchant = useApi('GET /merchants/{id}', { id }, { live: true });
  const { data, error, refetch } = useApi('GET /merchants/{id}/account', { id }, { live: ACCOUNT_TOPICS });
  const failed = error ?? merchant.error;
  if (failed && !(data && merchant.data)) return <ErrorState error={failed} onRetry={refetch} />;
  if (!data || !merchant.data) return <Skeleton h={320} radius="md" />;
  const { number, name } = merchant.data;
  return (
    <>
      <StaleNotice error={error} refetch={refetch} />
      <PageHeader
        title={`${number} ${name}`}
        back="/finance/accounts"
        lead={t('accounts.leadOne', { day: day(data.upTo) })}
        actions={
          <>
            <Button
              variant="default"
              component={Link}
              to="/finance/charges"
              search={{ view: 'unbilled', merchantId: id } as never}
            >
              {t('accounts.charges')}
            </Button>
            <Button variant="default" component={Link} to="/finance/invoices" search={{ merchantId: id } as never}>
              {t('nav.invoices')}
            </Button>
            <FinalRun merchantId={id} />
          </>
        }
      />
      <Views merchant={merchant.data} account={data} />
    </>
  );
}

/** What was changed of the record and is not stored yet stays while another view is looked at. */
function Views({ merchant, account }: { merchant: Merchant; account: Account }) {
  const { t } = useTranslation('finance');
  const { t: house } = useTranslation('admin');
  const { values, change } = useUrlFilters(['view']);
  const view = VIEWS.find((one) => one === values.view) ?? 'account';
  const draft = useMerchantDraft(merchant);
  const isWrongElsewhere = view !== 'record' && draft.error instanceof ApiError && draft.error.errors.length > 0;
  const hint = isWrongElsewhere ? house('save.elsewhere', { tabs: t('accounts.views.record') }) : undefined;
  return (
    <Stack gap="lg">
      <SegmentedControl
        aria-label={t('charges.view')}
        value={view}
        onChange={(next: View) => change({ view: next })}
        data={VIEWS.map((value) => ({ value, label: t(`accounts.views.${value}`) }))}
      />
      {view === 'account' && <AccountView account={account} desk="/finance" />}
      {view === 'contract' && (
        <>
          <MerchantTerms merchantId={merchant.id} />
          <ContractsPanel merchantId={merchant.id} today={houseToday()} />
          <NotesPanel subject="merchant" subjectId={merchant.id} />
        </>
      )}
      {view === 'record' && <RecordTab draft={draft} merchant={merchant} />}
      <RecordSaveBar draft={draft} hint={hint} />
    </Stack>
  );
}
