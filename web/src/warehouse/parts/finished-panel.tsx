import { Button, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { IconCircleCheck, IconPrinter, IconScan } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { hasRole } from '../../app/session/desks.ts';
import { useUser } from '../../app/session/session.ts';
import { NetworkButton } from '../feedback/needs-network.tsx';
import type { LocalReturn } from '../use-desk.ts';
import classes from './notes.module.css';
import { openPdf } from './open-pdf.ts';
import { Reopen } from './reopen.tsx';

/** The inspection has ended: what came of it in one look, labels, and on to the next parcel. */
export function FinishedPanel({ local: { view, waiting, isNew } }: { local: LocalReturn }) {
  const { t } = useTranslation('warehouse');
  const { t: c } = useTranslation();
  const user = useUser();
  const gone = ['cancelled', 'expired', 'lost'].includes(view.state);
  const piecesBy = new Map<string, number>();
  for (const { state, disposition, quantity } of view.items) {
    const name = state === 'missing' || !disposition ? c(`states.item.${state}`) : c(`disposition.${disposition}`);
    piecesBy.set(name, (piecesBy.get(name) ?? 0) + quantity);
  }
  return (
    <section className={classes.note} data-tone={gone ? 'quiet' : 'good'} aria-label={t('finished.title')}>
      <IconCircleCheck size={40} aria-hidden />
      <Stack gap={2} flex={1} miw={220}>
        <Title order={2} size="h4" c="inherit">
          {gone ? c(`states.return.${view.state}`) : t('finished.title')}
        </Title>
        <Text>{[...piecesBy].map(([name, count]) => `${count} × ${name}`).join(' · ')}</Text>
        {waiting.length > 0 && <Text role="status">{t('finished.waiting', { count: waiting.length })}</Text>}
      </Stack>
      <SimpleGrid minColWidth={230} spacing="sm" w="100%">
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
        <Button component={Link} to="/warehouse" h={60} fz="lg" leftSection={<IconScan size={26} aria-hidden />}>
          {t('finished.next')}
        </Button>
      </SimpleGrid>
    </section>
  );
}
