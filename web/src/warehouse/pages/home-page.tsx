import { Button, Card, Group, Skeleton, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconBarcode, IconPackageOff, IconSearch } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../app/api/queries.ts';
import { DateTime } from '../../shared/date-time.tsx';
import { EmptyState } from '../../shared/empty-state.tsx';
import { ErrorState } from '../../shared/error-state.tsx';
import { PageHeader } from '../../shared/page-header.tsx';
import { StateBadge } from '../../shared/state-badge.tsx';
import { useUrlFilters } from '../../shared/url-filters.ts';

/** The one field of the warehouse: whatever is scanned or typed opens what it belongs to. */
export function HomePage() {
  const { t } = useTranslation('warehouse');
  const { values, change } = useUrlFilters(['code']);
  const [text, setText] = useState('');
  const search = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim()) change({ code: text.trim() });
    setText('');
  };
  return (
    <Stack gap="lg" maw={720} mx="auto">
      <PageHeader title={t('home.title')} />
      <form onSubmit={search}>
        <Group align="flex-end" gap="sm" wrap="nowrap">
          <TextInput
            flex={1}
            size="xl"
            label={t('home.field')}
            description={t('home.hint')}
            placeholder={t('home.placeholder')}
            leftSection={<IconBarcode size={28} aria-hidden />}
            autoFocus
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            enterKeyHint="search"
            value={text}
            onChange={({ currentTarget }) => setText(currentTarget.value)}
          />
          <Button type="submit" size="xl" px="md" aria-label={t('home.search')}>
            <IconSearch size={26} aria-hidden />
          </Button>
        </Group>
      </form>
      {values.code && <Found code={values.code} />}
    </Stack>
  );
}

function Found({ code }: { code: string }) {
  const { t } = useTranslation('warehouse');
  const found = useApi('GET /returns/lookup', { code }, { live: true });
  if (found.error) return <ErrorState error={found.error} onRetry={found.refetch} />;
  if (!found.data) return <Skeleton h={96} radius="lg" />;
  const { returns, orders } = found.data;
  if (!returns.length && !orders.length)
    return (
      <Card>
        <EmptyState icon={IconPackageOff} title={t('home.unknown')} text={t('home.unknownText', { code })} />
      </Card>
    );
  return (
    <Stack gap="md">
      {returns.length > 0 && <Title order={2} size="h4">{`${t('home.returns')}`}</Title>}
      {returns.map(({ id, number, state, orderNumber, pieces }) => (
        <Card key={id}>
          <Group justify="space-between">
            <Stack gap={2}>
              <Text fw={600}>{number}</Text>
              <Text c="dimmed">{[orderNumber, t('home.pieces', { count: pieces })].filter(Boolean).join(' · ')}</Text>
            </Stack>
            <StateBadge of="return" value={state} />
          </Group>
        </Card>
      ))}
      {orders.length > 0 && <Title order={2} size="h4">{`${t('home.orders')}`}</Title>}
      {orders.map(({ orderId, orderNumber, shippedAt, lines }) => (
        <Card key={orderId}>
          <Text fw={600}>{orderNumber}</Text>
          <Text c="dimmed" component="div">
            <DateTime at={shippedAt} /> · {lines.map(({ quantity, name }) => `${quantity} × ${name}`).join(', ')}
          </Text>
        </Card>
      ))}
    </Stack>
  );
}
