import { Group } from '@mantine/core';
import { useState } from 'react';
import { useOnline } from '../../app/api/reachability.ts';
import { LetterButton } from '../../shared/letter-dialog.tsx';
import { NotesPanel } from '../../shared/notes-panel.tsx';
import type { LocalReturn } from '../use-desk.ts';

/**
 * Internal notes on a return, and letters about it (J19, J29). They need the server, so a return that it does not know
 * yet has none; what is typed stays when the network goes.
 */
export function ReturnTalk({ local: { isNew, view } }: { local: LocalReturn }) {
  const online = useOnline();
  const [wasOnline, setWasOnline] = useState(online);
  if (online && !wasOnline) setWasOnline(true);
  if (isNew || !wasOnline) return null;
  return (
    <>
      <NotesPanel subject="return" subjectId={view.id} />
      {view.merchantId !== null && (
        <Group>
          <LetterButton h={52} merchantId={view.merchantId} about={{ type: 'return', id: view.id }} />
        </Group>
      )}
    </>
  );
}
