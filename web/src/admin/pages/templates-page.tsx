import { Card, Group, SimpleGrid, Skeleton, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Output } from '../../app/api/contract.ts';
import { useApi } from '../../app/api/queries.ts';
import { ErrorState } from '../../shared/error-state.tsx';
import { PageHeader } from '../../shared/page-header.tsx';
import { StaleNotice } from '../../shared/stale-notice.tsx';
import { ToneBadge } from '../../shared/state-badge.tsx';
import { useUrlFilters } from '../../shared/url-filters.ts';
import { MailSwitches } from '../parts/mail-switches.tsx';
import { MerchantSelect } from '../../shared/merchant-select.tsx';
import { Section } from '../parts/section.tsx';
import classes from '../templates/templates.module.css';

type Template = Output<'GET /message-templates'>['items'][number];

/** The texts of all mails, and which of them are sent. */
export function TemplatesPage() {
  const { t } = useTranslation('admin');
  const { values, change } = useUrlFilters(['merchantId']);
  const owner = values.merchantId ? { merchantId: values.merchantId } : {};
  return (
    <>
      <PageHeader title={t('templates.title')} lead={t('templates.lead')} />
      <Stack gap="lg">
        <MerchantSelect
          label={t('aids.owner')}
          description={t(values.merchantId ? 'templates.ownerMerchant' : 'templates.ownerHouse')}
          placeholder={t('aids.house')}
          value={values.merchantId ?? null}
          onChange={(merchantId) => change({ merchantId })}
          clearButtonProps={{ 'aria-label': t('aids.toHouse') }}
          maw={420}
        />
        <Kinds owner={owner} />
        <Section
          title={t(values.merchantId ? 'mails.title' : 'mails.houseTitle')}
          lead={t(values.merchantId ? 'mails.lead' : 'mails.houseLead')}
        >
          <MailSwitches {...owner} />
        </Section>
      </Stack>
    </>
  );
}

function Kinds({ owner }: { owner: { merchantId?: string } }) {
  const { data, error, refetch } = useApi('GET /message-templates', owner);
  if (error && !data) return <ErrorState error={error} onRetry={refetch} />;
  if (!data) return <Skeleton h={320} />;
  const kinds = [...new Set(data.items.map(({ kind }) => kind))];
  return (
    <Stack gap="md">
      <StaleNotice error={error} refetch={refetch} />
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
        {kinds.map((kind) => (
          <KindCard key={kind} templates={data.items.filter((one) => one.kind === kind)} owner={owner} />
        ))}
      </SimpleGrid>
    </Stack>
  );
}

const LANGUAGE = { de: 'Deutsch', en: 'English' } as const;

function KindCard({ templates, owner }: { templates: readonly Template[]; owner: { merchantId?: string } }) {
  const { t, i18n } = useTranslation('admin');
  const { kind } = templates[0]!;
  const shown = templates.find(({ language }) => language === i18n.language) ?? templates[0]!;
  const subject = shown.slots.find(({ name }) => name === 'subject');
  return (
    <Card>
      <Stack gap="xs" h="100%">
        <Title order={2} size="h4">
          {t(`messageKind.${kind}`)}
        </Title>
        <Text c="dimmed" fz="sm">
          {t(`messageHint.${kind}`)}
        </Text>
        <Text className={classes.subject}>{subject?.override ?? subject?.standard}</Text>
        <Group gap="xs" mt="auto">
          {templates.map(({ language, slots }) => (
            <Link
              key={language}
              to="/admin/templates/$kind"
              params={{ kind }}
              search={{ language, ...owner } as never}
              className={classes.language}
              aria-label={t('templates.edit', { kind: t(`messageKind.${kind}`), language: LANGUAGE[language] })}
            >
              {LANGUAGE[language]}
              {slots.some(({ override }) => override !== null) && <ToneBadge tone="info" label={t('templates.own')} />}
            </Link>
          ))}
        </Group>
      </Stack>
    </Card>
  );
}
