import { Stack, Tabs } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PageHeader } from '../../shared/page-header.tsx';
import { useUrlFilters } from '../../shared/url-filters.ts';
import { ChecklistsTab } from '../aids/checklists-tab.tsx';
import { PhrasesTab } from '../aids/phrases-tab.tsx';
import { MerchantSelect } from '../../shared/merchant-select.tsx';

const TABS = ['phrases', 'checklists'] as const;

/** What workers have at hand when they inspect: findings to tap and questions to answer. */
export function AidsPage() {
  const { t } = useTranslation('admin');
  const { values, change } = useUrlFilters(['tab', 'merchantId']);
  const tab = TABS.find((one) => one === values.tab) ?? 'phrases';
  const owner = values.merchantId ? { merchantId: values.merchantId } : {};
  return (
    <>
      <PageHeader title={t('aids.title')} lead={t('aids.lead')} />
      <Stack gap="lg">
        <MerchantSelect
          label={t('aids.owner')}
          description={t(values.merchantId ? 'aids.ownerMerchant' : 'aids.ownerHouse')}
          placeholder={t('aids.house')}
          value={values.merchantId ?? null}
          onChange={(merchantId) => change({ merchantId })}
          clearButtonProps={{ 'aria-label': t('aids.toHouse') }}
          maw={420}
        />
        <Tabs
          value={tab}
          onChange={(next) => change({ tab: next })}
          keepMounted={false}
          activateTabWithKeyboard={false}
        >
          <Tabs.List>
            {TABS.map((one) => (
              <Tabs.Tab key={one} value={one} h={48}>
                {t(`aids.${one}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <Tabs.Panel value={tab} pt="lg">
            {tab === 'phrases' ? (
              <PhrasesTab key={values.merchantId ?? 'house'} owner={owner} />
            ) : (
              <ChecklistsTab key={values.merchantId ?? 'house'} owner={owner} />
            )}
          </Tabs.Panel>
        </Tabs>
      </Stack>
    </>
  );
}
