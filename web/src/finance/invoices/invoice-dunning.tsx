import { Anchor, Group, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../app/api/queries.ts';
import { hasRole } from '../../app/session/desks.ts';
import { useUser } from '../../app/session/session.ts';
import { Day } from '../../shared/date-time.tsx';
import { useLevelWords } from '../../shared/dunning/level-words.ts';
import { Money } from '../../shared/money.tsx';
import { Section } from '../../shared/section.tsx';

/** The dunning levels an issued invoice came to, and what is claimed beside it; nothing while there is nothing. */
export function InvoiceDunning({ invoice: { id, state } }: { invoice: { id: string; state: string } }) {
  const { t } = useTranslation('dunning');
  const level = useLevelWords();
  const mayRead = hasRole(useUser(), 'finance', 'admin');
  const enabled = mayRead && state !== 'draft';
  const { data } = useApi('GET /invoices/{id}/dunning', { id }, { live: ['dunning'], enabled });
  if (!data || (!data.steps.length && !data.claims.length)) return null;
  return (
    <Section title={t('invoice.title')}>
      <Stack gap="xs">
        {data.steps.map((step) => (
          <Line key={step.level} minor={step.openMinor}>
            <Anchor component={Link} to={`/finance/dunning-letters/${step.letterId}`} inherit>
              {level(step.level)}
            </Anchor>
            , <Day on={step.onDay} />
          </Line>
        ))}
        {data.claims.length > 0 && <Text fw={600}>{t('invoice.claims')}</Text>}
        {data.claims.map((claim) => (
          <Line key={claim.id} minor={claim.amountMinor}>
            {t(`claim.kinds.${claim.kind}`)}, {t(`claim.states.${claim.state}`)}
          </Line>
        ))}
      </Stack>
    </Section>
  );
}

const Line = ({ minor, children }: { minor: number; children: React.ReactNode }) => (
  <Group justify="space-between" wrap="nowrap" gap="sm">
    <Text fz="sm" component="div">
      {children}
    </Text>
    <Text fz="sm" component="div">
      <Money minor={minor} />
    </Text>
  </Group>
);
