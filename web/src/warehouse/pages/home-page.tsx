import { ActionIcon, Card, Group, Skeleton, Stack, Title } from '@mantine/core';
import { IconVolume, IconVolumeOff } from '@tabler/icons-react';
import { useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../app/api/queries.ts';
import { useUser } from '../../app/session/session.ts';
import { PageHeader } from '../../shared/page-header.tsx';
import { isMuted, setMuted, signalSuccess } from '../feedback/signals.ts';
import { countText } from '../parts/afterwards.ts';
import { LinkCard, ReturnCard } from '../parts/return-card.tsx';
import { OPEN } from '../offline/reference.ts';
import { ScanField } from '../scan/scan-field.tsx';
import { localReturnOf, useDesk, useKept, useSettings, type LocalReturn } from '../use-desk.ts';

// what is not needed before the first scan is not part of the first visit
const FoundList = lazy(() => import('../parts/found-list.tsx'));

/** Where every parcel begins: one field, and below it what this worker has begun. */
export function HomePage() {
  const { t } = useTranslation('warehouse');
  const { code } = useSearch({ strict: false }) as { code?: string };
  return (
    <Stack gap="lg" w="100%" maw={720} mx="auto">
      <PageHeader title={t('home.title')} aside={<SoundSwitch />} />
      {/* neighbours that share a key are not told apart, and one of them would stay when the code goes */}
      <ScanField key={`field ${code ?? ''}`} label={t('home.field')} description={t('home.hint')} focus />
      {code ? (
        <Suspense fallback={<Skeleton h={120} radius="lg" />}>
          <FoundList key={`found ${code}`} code={code} />
        </Suspense>
      ) : (
        <MyWork />
      )}
    </Stack>
  );
}

function SoundSwitch() {
  const { t } = useTranslation('warehouse');
  const [muted, change] = useState(isMuted);
  const toggle = () => {
    setMuted(!muted);
    change(!muted);
    if (muted) signalSuccess();
  };
  return (
    <ActionIcon size={48} variant="subtle" aria-pressed={!muted} aria-label={t('home.sound')} onClick={toggle}>
      {muted ? <IconVolumeOff size={26} aria-hidden /> : <IconVolume size={26} aria-hidden />}
    </ActionIcon>
  );
}

const MOST_SHOWN = 20;

function MyWork() {
  const { t } = useTranslation('warehouse');
  const mine = useMyReturns();
  return (
    <Stack gap="lg">
      <Counters />
      {mine.length > 0 && (
        <Stack gap="sm">
          <Title order={2} size="h4">
            {t('home.mine')}
          </Title>
          {mine.slice(0, MOST_SHOWN).map((local) => (
            <ReturnCard key={local.view.id} local={local} />
          ))}
        </Stack>
      )}
    </Stack>
  );
}

/** Begun on this device, or locked for this worker, and not finished. */
function useMyReturns(): LocalReturn[] {
  const desk = useDesk();
  const kept = useKept();
  const user = useUser();
  const begun = new Set([...kept.commands, ...kept.drafts.values()].map(({ returnId }) => returnId));
  for (const { id, lock } of kept.returns.values()) if (lock?.userId === user.id) begun.add(id);
  return [...begun]
    .flatMap((id) => localReturnOf(desk, kept, id) ?? [])
    .filter(({ view }) => OPEN.includes(view.state))
    .sort((a, b) => b.view.updatedAt.localeCompare(a.view.updatedAt));
}

/** How much there is to do; without a network, what this device knows of it. */
function Counters() {
  const { t } = useTranslation('warehouse');
  const { returns } = useKept();
  // the settings come first: without them this device has not heard of any return
  const isTold = useSettings() !== undefined;
  const overdue = useApi('GET /returns', { overdue: 'true', limit: 200 }, { live: true });
  const toInspect = [...returns.values()].filter(({ state }) => state === 'received' || state === 'inspecting').length;
  const unknown = [...returns.values()].filter(
    ({ state, matchState }) => OPEN.includes(state) && matchState === 'unknown_merchant',
  ).length;
  // an answer that is followed by none is of some time ago
  const { items: late, nextCursor } = (overdue.isError ? undefined : overdue.data) ?? {};
  return (
    <Card p="xs">
      <Group gap={0} grow>
        <LinkCard
          to="/warehouse/returns?list=toInspect"
          value={countText(isTold ? toInspect : undefined)}
          label={t('home.toInspect')}
        />
        <LinkCard
          to="/warehouse/returns?list=overdue"
          value={countText(late?.length, Boolean(nextCursor))}
          label={t('home.overdue')}
          tone={late?.length ? 'bad' : 'quiet'}
        />
        <LinkCard
          to="/warehouse/returns?list=unknown"
          value={countText(isTold ? unknown : undefined)}
          label={t('home.unknownCount')}
          tone={unknown ? 'warn' : 'quiet'}
        />
      </Group>
    </Card>
  );
}
