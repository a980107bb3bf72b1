import { Button, Group, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import type { ItemOf } from '../../app/api/contract.ts';
import { useApi, useApiMutation } from '../../app/api/queries.ts';
import { Day, DateTime } from '../date-time.tsx';
import { EmptyState } from '../empty-state.tsx';
import { useErrorText } from '../error-text.ts';
import { Facts } from '../facts.tsx';
import { Notice } from '../notice.tsx';
import { Section } from '../section.tsx';
import { ToneBadge } from '../state-badge.tsx';
import type { Tone } from '../tone.ts';

type Check = ItemOf<'GET /merchants/{id}/vat-checks'>;
const TONES: Record<Check['state'], Tone> = { valid: 'good', invalid: 'bad', unavailable: 'warn' };

export interface VatChecksProps {
  merchantId: string;
  /** As stored; nothing else can be asked about. */
  vatId: string | null;
  /** Another one is typed and not stored yet. */
  isChanged: boolean;
}

/** Asks the register of VAT ids about a merchant, and shows every answer it gave. */
export function VatChecks({ merchantId, vatId, isChanged }: VatChecksProps) {
  const { t } = useTranslation('admin');
  const errorText = useErrorText();
  const query = useApi('GET /merchants/{id}/vat-checks', { id: merchantId, limit: 20 }, { live: true });
  const ask = useApiMutation('POST /merchants/{id}/vat-checks');
  const checks = query.data?.items ?? [];
  if (!vatId && !checks.length) return null;
  const isAvailable = query.data?.isAvailable ?? false;
  const askNow = () =>
    ask.mutate(
      { id: merchantId },
      { onSuccess: ({ state }) => notifications.show({ message: t(`vatCheck.told.${state}`) }) },
    );
  return (
    <Section
      title={t('vatCheck.title')}
      query={query}
      aside={
        isAvailable &&
        vatId && (
          <Button variant="default" onClick={askNow} loading={ask.isPending} disabled={isChanged}>
            {t('vatCheck.ask')}
          </Button>
        )
      }
    >
      <Text c="dimmed" maw={760}>
        {t(isAvailable ? 'vatCheck.lead' : 'vatCheck.off')}
      </Text>
      {isAvailable && isChanged && <Text>{t('vatCheck.saveFirst')}</Text>}
      {ask.error && <Notice tone="bad">{errorText(ask.error)}</Notice>}
      {isAvailable && !checks.length && <EmptyState title={t('vatCheck.emptyTitle')} text={t('vatCheck.emptyText')} />}
      {checks.length > 0 && (
        <Stack component="ul" gap="lg" m={0} p={0} style={{ listStyle: 'none' }} aria-label={t('vatCheck.history')}>
          {checks.map((check) => (
            <li key={check.id}>
              <CheckRow check={check} />
            </li>
          ))}
        </Stack>
      )}
    </Section>
  );
}

function CheckRow({ check }: { check: Check }) {
  const { t } = useTranslation('admin');
  /** What is registered, and whether the member state found it to be what was asked with. */
  const compared = (registered: string | null, matches: boolean | null) =>
    [registered, matches !== null && t(matches ? 'vatCheck.matches' : 'vatCheck.differs')].filter(Boolean).join(' · ');
  return (
    <Stack gap="xs">
      <Group gap="sm">
        <ToneBadge tone={TONES[check.state]} label={t(`vatCheck.states.${check.state}`)} />
        <Text fw={600} className="tabular">
          {check.vatId}
        </Text>
        <Text c="dimmed">
          <DateTime at={check.askedAt} /> · {t(`vatCheck.by.${check.askedBy}`)}
        </Text>
      </Group>
      <Facts
        facts={[
          [t('vatCheck.checkedOn'), check.state !== 'unavailable' && <Day on={check.checkedOn} />],
          [t('vatCheck.consultationNumber'), check.consultationNumber],
          [t('vatCheck.registeredName'), compared(check.registeredName, check.nameMatches)],
          [t('vatCheck.registeredAddress'), compared(check.registeredAddress, check.addressMatches)],
          [t('vatCheck.reason'), check.error],
        ]}
      />
    </Stack>
  );
}
