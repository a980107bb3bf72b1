import { Text } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { desksOf, type Desk } from '../session/desks.ts';
import { useUser } from '../session/session.ts';

// most people have one desk and never fetch the menu
const DeskMenu = lazy(async () => ({ default: (await import('./desk-menu.tsx')).DeskMenu }));

/** Says which desk this is, and leads to the others for whoever has more than one. */
export function DeskSwitch({ current }: { current: Desk }) {
  const { t } = useTranslation();
  const desks = desksOf(useUser());
  const name = (
    <Text c="dimmed" fw={500} truncate>
      {t(`desk.${current}`)}
    </Text>
  );
  if (desks.length < 2) return name;
  return (
    <Suspense fallback={name}>
      <DeskMenu current={current} desks={desks} />
    </Suspense>
  );
}
