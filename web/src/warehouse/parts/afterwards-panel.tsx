import { Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { callApi } from '../../app/api/client.ts';
import { StateBadge } from '../../shared/state-badge.tsx';
import { useRefusal } from '../feedback/needs-network.tsx';
import { signalSuccess } from '../feedback/signals.ts';
import type { Item, ReturnView } from '../offline/model.ts';
import { useDesk, type LocalReturn } from '../use-desk.ts';
import { reassess, toDecide, toReassess, type Desk } from './afterwards.ts';

const Reassess = lazy(() => import('./reassess.tsx'));
const DecideItem = lazy(() => import('./decide-item.tsx'));

/** What the end of the inspection left open: goods that come back from refurbishing, and what is held. */
export function AfterwardsPanel({ local }: { local: LocalReturn }) {
  const { t } = useTranslation('warehouse');
  const { view } = local;
  const refurbished = toReassess(view);
  const held = toDecide(view);
  if (!refurbished.length && !held.length) return null;
  return (
    <Stack component="section" gap="sm" aria-label={t('after.title')}>
      <Title order={2} size="h4">
        {t('after.title')}
      </Title>
      {refurbished.map((item) => (
        <OpenItem key={item.id} {...{ local, item }} label={t('after.reassess')}>
          {(way, close) => (
            <Reassess
              {...{ view, item }}
              onCancel={close}
              onSave={(finding) => way(() => reassess(way.desk, finding))}
            />
          )}
        </OpenItem>
      ))}
      {held.map((item) => (
        <OpenItem key={item.id} {...{ local, item }} label={t('after.decide')}>
          {(way, close) => (
            <DecideItem
              item={item}
              onCancel={close}
              onSave={(decision) =>
                way(async () => way.desk.keep(await way.desk.decide({ itemId: item.id, ...decision })))
              }
            />
          )}
        </OpenItem>
      ))}
    </Stack>
  );
}

/** Does something on the server, and says so when that failed. */
type Way = ((step: () => Promise<void>) => Promise<void>) & { desk: Desk };

interface OpenItemProps {
  local: LocalReturn;
  item: Item;
  label: string;
  children: (way: Way, close: () => void) => React.ReactNode;
}

function OpenItem({ local: { view, waiting }, item, label, children }: OpenItemProps) {
  const { t } = useTranslation('warehouse');
  const refuse = useRefusal();
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  const way = useWay(view, close);
  const name = item.name || (item.sku ?? '');
  // the server must know all that came before
  const start = () => (waiting.length ? refuse(undefined, t('itemSteps.stillSending')) : setOpen(true));
  return (
    <Card p="md" role="group" aria-label={name}>
      <Stack gap="md">
        <Group justify="space-between" gap="sm">
          <Stack gap={4}>
            <Text fw={650} fz="lg">
              {item.quantity > 1 && <span className="tabular">{`${item.quantity} × `}</span>}
              {name}
            </Text>
            <Group>
              <StateBadge of="item" value={item.state} />
            </Group>
          </Stack>
          {!open && (
            <Button h={56} variant="default" onClick={start}>
              {label}
            </Button>
          )}
        </Group>
        {open && <Suspense>{children(way, close)}</Suspense>}
      </Stack>
    </Card>
  );
}

function useWay({ id }: ReturnView, onDone: () => void): Way {
  const { outbox, refresh } = useDesk();
  const refuse = useRefusal();
  const desk: Desk = {
    inspect: (body) => callApi('POST /returns/{id}/items/{itemId}/inspection', { id, ...body }),
    decide: (decision) => callApi('POST /returns/{id}/items/{itemId}/decision', { id, ...decision }),
    keep: (view) => outbox.keep({ putReturns: [view] }),
  };
  const act = async (step: () => Promise<void>) => {
    try {
      await step();
      signalSuccess();
      onDone();
    } catch (error) {
      refuse(error);
      // somebody else may have been here
      await refresh(id).catch(() => undefined);
    }
  };
  return Object.assign(act, { desk });
}
