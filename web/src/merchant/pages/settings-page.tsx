import { Skeleton, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../app/api/queries.ts';
import { PageHeader } from '../../shared/page-header.tsx';
import { StaleNotice } from '../../shared/stale-notice.tsx';
import { useMayDecide, useMerchant } from '../merchants.ts';
import { Facts } from '../parts/facts.tsx';
import { PageError } from '../parts/page-error.tsx';
import { Section } from '../parts/section.tsx';
import { MailSwitch } from '../settings/mail-switch.tsx';

/** Which mails the merchant gets, and where the house sends them. */
export function SettingsPage() {
  const { t } = useTranslation('merchant');
  const merchant = useMerchant();
  const mayChange = useMayDecide();
  const merchantId = merchant.id;
  const { data, error, refetch } = useApi('GET /message-settings', { merchantId });
  if (error && !data) return <PageError error={error} onRetry={refetch} back="/merchant" />;
  if (!data) return <Skeleton h={320} radius="md" />;
  const { invoiceEmails, noticeEmails, rtvAddress, rtvSchedule } = merchant;
  return (
    <>
      <StaleNotice error={error} refetch={refetch} />
      <PageHeader title={t('settings.title')} lead={t('settings.lead')} />
      <Stack gap="lg" maw={900}>
        <Section title={t('settings.mails')}>
          <Text c="dimmed">{t('settings.mailsText')}</Text>
          {data.items.map((setting) => (
            <MailSwitch key={setting.kind} setting={setting} merchantId={merchantId} mayChange={mayChange} />
          ))}
        </Section>
        <Section title={t('settings.house')}>
          <Text c="dimmed">{t('settings.houseText')}</Text>
          <Facts
            facts={[
              [t('settings.noticeEmails'), noticeEmails.join(', ')],
              [t('settings.invoiceEmails'), invoiceEmails.join(', ')],
              [t('settings.rtvSchedule'), t(`settings.schedules.${rtvSchedule}`)],
              [
                t('settings.rtvAddress'),
                rtvAddress &&
                  [rtvAddress.name, rtvAddress.street, `${rtvAddress.postalCode} ${rtvAddress.city}`].join(', '),
              ],
            ]}
          />
        </Section>
      </Stack>
    </>
  );
}
