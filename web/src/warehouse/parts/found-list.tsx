import { Card, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { IconTag, IconTruckReturn } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../shared/error-state.tsx';
import { signalError, signalSuccess } from '../feedback/signals.ts';
import type { Found } from '../offline/reference.ts';
import { useDesk } from '../use-desk.ts';
import { soleClosed, soleTarget } from './afterwards.ts';
import { OrderCard, Unknown } from './begin.tsx';
import classes from './parts.module.css';
import { FoundReturnCard } from './return-card.tsx';

/** What a code belongs to. One open hit opens by itself, others are shown; beside them the parcel can be unknown. */
export default function FoundList({ code }: { code: string }) {
  const { t } = useTranslation('warehouse');
  const desk = useDesk();
  const navigate = useNavigate();
  const [found, setFound] = useState<Found>();
  const [error, setError] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let current = true;
    const look = async () => {
      try {
        const hits = await desk.find(code);
        if (!current) return;
        const only = soleTarget(hits);
        (isNothing(hits) ? signalError : signalSuccess)();
        if (only) return void navigate({ to: only, replace: true } as never);
        setFound(hits);
      } catch (failure) {
        signalError();
        if (current) setError(failure);
      }
    };
    void look();
    return () => void (current = false);
  }, [desk, code, navigate, attempt]);
  const again = () => {
    setError(undefined);
    setAttempt(attempt + 1);
  };
  if (error) return <ErrorState error={error} onRetry={again} />;
  if (!found) return <Skeleton h={120} radius="lg" aria-label={t('home.searching')} />;
  return (
    <Stack gap="lg" aria-live="polite">
      {found.source === 'device' && <Text c="dimmed">{t('home.fromDevice')}</Text>}
      <Hits found={found} />
      {soleClosed(found) && <Text>{t('after.closedHit')}</Text>}
      <Unknown code={code} prominent={isNothing(found)} />
    </Stack>
  );
}

const isNothing = ({ returns, orders, items, batches }: Found): boolean =>
  !returns.length && !orders.length && !items.length && !batches.length;

function Hits({ found: { returns, orders, items, batches } }: { found: Found }) {
  const { t } = useTranslation('warehouse');
  return (
    <>
      <Section title={t('home.returns')} shown={returns.length > 0}>
        {returns.map((one) => (
          <FoundReturnCard key={one.id} found={one} />
        ))}
      </Section>
      <Section title={t('home.items')} shown={items.length > 0}>
        {items.map(({ itemId, returnId, returnNumber, name, sku }) => (
          <HitCard
            key={itemId}
            to={`/warehouse/returns/${returnId}#${itemId}`}
            icon={<IconTag size={28} aria-hidden />}
          >
            <Text fw={600}>{name || sku}</Text>
            <Text c="dimmed">{returnNumber}</Text>
          </HitCard>
        ))}
      </Section>
      <Section title={t('home.batches')} shown={batches.length > 0}>
        {batches.map(({ id, number, pieces }) => (
          <HitCard key={id} to={`/warehouse/batches/${id}`} icon={<IconTruckReturn size={28} aria-hidden />}>
            <Text fw={600}>{number}</Text>
            <Text c="dimmed">{t('card.pieces', { count: pieces })}</Text>
          </HitCard>
        ))}
      </Section>
      <Section title={t('home.orders')} shown={orders.length > 0}>
        {orders.map((order) => (
          <OrderCard key={order.orderId} order={order} />
        ))}
      </Section>
    </>
  );
}

function Section({ title, shown, children }: { title: string; shown: boolean; children: ReactNode }) {
  if (!shown) return null;
  return (
    <Stack gap="sm">
      <Title order={2} size="h4">
        {title}
      </Title>
      {children}
    </Stack>
  );
}

function HitCard({ to, icon, children }: { to: string; icon: ReactNode; children: ReactNode }) {
  return (
    <Card component={Link} to={to as never} p="md" className={classes.target}>
      <Group wrap="nowrap">
        {icon}
        <Stack gap={2}>{children}</Stack>
      </Group>
    </Card>
  );
}
