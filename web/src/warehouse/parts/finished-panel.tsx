import { Button, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { IconCircleCheck, IconPackageOff, IconPackages, IconPrinter, IconScan } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { hasRole } from '../../app/session/desks.ts';
import { useUser } from '../../app/session/session.ts';
import { NetworkButton } from '../feedback/needs-network.tsx';
import type { LocalReturn } from '../use-desk.ts';
import { isGivenUp } from './afterwards.ts';
import { ArrivedAfterAll } from './arrived-after-all.tsx';
import classes from './notes.module.css';
import { openPdf } from './open-pdf.ts';
import { PiecesByWay } from './pieces-by-way.tsx';
import { Reopen } from './reopen.tsx';
import type { ReturnWork } from './use-return-work.ts';

const FurtherParcel = lazy(() => import('./further-parcel.tsx'));

export interface FinishedPanelProps {
  local: LocalReturn;
  work: ReturnWork;
  /** Somebody else works on it. */
  held: boolean;
}

/** The inspection has ended: what came of it in one look, labels, and on to the next parcel. */
export function FinishedPanel({ local: { view, waiting, isNew }, work, held }: FinishedPanelProps) {
  const { t } = useTranslation('warehouse');
  const { t: c } = useTranslation();
  const user = useUser();
  const gone = isGivenUp(view);
  const [adding, setAdding] = useState(false);
  const title = gone ? c(`states.return.${view.state}`) : t('finished.title');
  return (
    <section className={classes.note} data-tone={gone ? 'quiet' : 'good'} aria-label={title}>
      {gone ? <IconPackageOff size={40} aria-hidden /> : <IconCircleCheck size={40} aria-hidden />}
      <Stack gap={2} flex={1} miw={220}>
        <Title order={2} size="h4" c="inherit">
          {title}
        </Title>
        {gone && <Text>{t('after.gone')}</Text>}
        <PiecesByWay items={view.items} />
        {waiting.length > 0 && <Text role="status">{t('finished.waiting', { count: waiting.length })}</Text>}
      </Stack>
      <SimpleGrid minColWidth={280} spacing="sm" w="100%">
        {gone && !held && <ArrivedAfterAll id={view.id} />}
        {!gone && !held && (
          <Button
            variant="default"
            h={60}
            leftSection={<IconPackages size={24} aria-hidden />}
            onClick={() => setAdding(true)}
          >
            {t('more.parcel')}
          </Button>
        )}
        {!isNew && !gone && (
          <NetworkButton
            variant="default"
            h={60}
            label={t('more.labels')}
            leftSection={<IconPrinter size={24} aria-hidden />}
            onClick={() => openPdf('GET /returns/{id}/labels.pdf', { id: view.id })}
          />
        )}
        {!isNew && !gone && !waiting.length && hasRole(user, 'lead', 'admin') && <Reopen id={view.id} />}
        <Button
          component={Link}
          to="/warehouse"
          h={60}
          fz="lg"
          variant={gone ? 'default' : 'filled'}
          leftSection={<IconScan size={26} aria-hidden />}
        >
          {t('finished.next')}
        </Button>
      </SimpleGrid>
      <Suspense>{adding && <FurtherParcel view={view} work={work} onClose={() => setAdding(false)} />}</Suspense>
    </section>
  );
}
