import { Anchor, Group, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useApiList } from '../../app/api/queries.ts';
import { hasRole } from '../../app/session/desks.ts';
import { useUser } from '../../app/session/session.ts';
import { Day } from '../../shared/date-time.tsx';
import { Section } from '../../shared/section.tsx';
import { MandateBadge } from '../debits/badges.tsx';
import { groupedIban } from '../debits/grouped-iban.ts';
import { NewMandate } from '../debits/new-mandate.tsx';
import { LiftStop, SetStop } from './stops.tsx';

/** By which mandate a merchant is collected from, and whether it is dunned. */
export function MerchantTerms({ merchantId }: { merchantId: string }) {
  return hasRole(useUser(), 'finance', 'admin') ? <Terms merchantId={merchantId} /> : null;
}

function Terms({ merchantId }: { merchantId: string }) {
  const { t } = useTranslation('dunning');
  const mandates = useApiList('GET /mandates', { merchantId }, { live: ['direct-debits'] });
  const stops = useApiList('GET /dunning-stops', { merchantId }, { live: ['dunning'] });
  const mandate = mandates.items.find(({ state }) => state === 'active' || state === 'blocked');
  const [stop] = stops.items;
  return (
    <Section title={t('terms.title')} query={mandates}>
      <Stack gap="md">
        {mandate ? (
          <Group gap="sm">
            <Anchor component={Link} to={`/finance/mandates/${mandate.id}`}>
              {mandate.reference}
            </Anchor>
            <Text>{groupedIban(mandate.iban)}</Text>
            <MandateBadge state={mandate.state} />
          </Group>
        ) : (
          <Group justify="space-between">
            <Text c="dimmed">{t('terms.noMandate')}</Text>
            <NewMandate merchantId={merchantId} />
          </Group>
        )}
        {stop ? (
          <Group justify="space-between">
            <Text component="div">
              {t('stop.title')}: {stop.reason}, {stop.until ? <Day on={stop.until} /> : t('stop.open')}
            </Text>
            <LiftStop id={stop.id} />
          </Group>
        ) : (
          <Group justify="space-between">
            <Text c="dimmed">{t('terms.noStop')}</Text>
            <SetStop merchantId={merchantId} size="xs" />
          </Group>
        )}
      </Stack>
    </Section>
  );
}
