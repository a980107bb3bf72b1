import { Skeleton, Stack } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useUser } from '../../app/session/session.ts';
import { ErrorState } from '../../shared/error-state.tsx';
import { OPEN } from '../offline/reference.ts';
import { AfterwardsPanel } from '../parts/afterwards-panel.tsx';
import { ConflictCard } from '../parts/conflict-card.tsx';
import { FinishedPanel } from '../parts/finished-panel.tsx';
import { InspectionTable } from '../parts/inspection-table.tsx';
import { ItemCard } from '../parts/item-card.tsx';
import { LockNote, useHolder } from '../parts/lock-note.tsx';
import { ParcelCard } from '../parts/parcel-card.tsx';
import { ReturnHead } from '../parts/return-head.tsx';
import { ReturnTalk } from '../parts/return-talk.tsx';
import { useLetGo, useReturnWork, type ReturnWork } from '../parts/use-return-work.ts';
import { useDesk, useLocalReturn, type LocalReturn } from '../use-desk.ts';

/** The return on the table. */
export function ReturnPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const desk = useDesk();
  const local = useLocalReturn(id);
  const [error, setError] = useState<unknown>();
  const isNew = local?.isNew ?? false;
  const isGone = local === undefined;
  const asked = useRef<string>(undefined);
  useEffect(() => desk.show(id), [desk, id]);
  useEffect(() => {
    // another tab may have cleared away what is old
    if (isNew || (asked.current === id && !isGone)) return;
    asked.current = id;
    desk.refresh(id).then(
      () => setError(undefined),
      (failure: unknown) => setError(failure),
    );
  }, [desk, id, isNew, isGone]);
  if (local) return <OpenReturn key={id} local={local} />;
  return error ? <ErrorState error={error} onRetry={() => desk.refresh(id).catch(setError)} /> : <Skeleton h={320} />;
}

function OpenReturn({ local }: { local: LocalReturn }) {
  const { view } = local;
  const user = useUser();
  const work = useReturnWork(local);
  useLetGo(view.id);
  const holder = useHolder(view, user.id);
  const held = holder !== null;
  return (
    <Stack gap="md" w="100%" maw={860} mx="auto">
      <ReturnHead local={local} work={work} held={held} />
      {holder && !local.conflict && <LockNote id={view.id} holder={holder} />}
      {local.conflict && <ConflictCard returnId={view.id} />}
      {OPEN.includes(view.state) ? (
        <InspectionTable local={local} work={work} readOnly={held} />
      ) : (
        <Result local={local} work={work} held={held} />
      )}
      <ReturnTalk local={local} />
    </Stack>
  );
}

interface ResultProps {
  local: LocalReturn;
  work: ReturnWork;
  /** Somebody else works on it. */
  held: boolean;
}

function Result({ local, work, held }: ResultProps) {
  // the end of a long list is no place to read what came of it
  useEffect(() => {
    window.scrollTo(0, 0);
  }, []);
  return (
    <>
      <FinishedPanel local={local} work={work} held={held} />
      {!held && <AfterwardsPanel local={local} />}
      {local.view.items.map((item) => (
        <ItemCard
          key={item.id}
          {...{ local, item, work }}
          active={false}
          readOnly
          onOpen={() => undefined}
          onDone={() => undefined}
          onShoot={undefined}
          onFile={() => undefined}
        />
      ))}
      <ParcelCard local={local} work={work} readOnly onShoot={undefined} onFile={() => undefined} />
    </>
  );
}
