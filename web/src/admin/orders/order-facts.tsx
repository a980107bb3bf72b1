import { Anchor, SimpleGrid, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '../../app/i18n/texts.ts';
import { DateTime } from '../../shared/date-time.tsx';
import { Facts } from '../../shared/facts.tsx';
import { Section } from '../parts/section.tsx';
import type { Order } from './draft.ts';

/** Who bought, and how the order came. */
export function OrderFacts({ order }: { order: Order }) {
  const { t } = useTranslation('admin');
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
      <Section title={t('orders.consumer')}>
        <Consumer order={order} />
      </Section>
      <Section title={t('orders.arrival')}>
        <Facts
          facts={[
            [t('orders.orderedAt'), <DateTime key="at" at={order.orderedAt} />],
            [t('orders.createdAt'), <DateTime key="at" at={order.createdAt} />],
            [t('orders.origin'), t(`orders.origins.${order.origin}`)],
          ]}
        />
      </Section>
    </SimpleGrid>
  );
}

/** As it would stand on a letter. */
function Consumer({ order: { consumer, country } }: { order: Order }) {
  const { t } = useTranslation('admin');
  const { name, email, address } = consumer ?? {};
  const place = address && [address.extra, address.street, `${address.postalCode} ${address.city}`];
  const lines = [address?.name !== name && address?.name, ...(place ?? []), countryName(address?.country ?? country)];
  return (
    <Stack gap={2} style={{ overflowWrap: 'anywhere' }}>
      <Text fw={600} {...(name ? {} : { c: 'dimmed' })}>
        {name ?? t('orders.unknown')}
      </Text>
      {lines.filter(Boolean).map((line) => (
        <Text key={String(line)}>{line}</Text>
      ))}
      {email && (
        <Anchor href={`mailto:${email}`} lh="44px">
          {email}
        </Anchor>
      )}
    </Stack>
  );
}

const countryName = (code: string) => new Intl.DisplayNames(currentLanguage(), { type: 'region' }).of(code);
