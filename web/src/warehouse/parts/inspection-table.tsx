import { Alert, Button, Group } from '@mantine/core';
import { IconCamera, IconPlus } from '@tabler/icons-react';
import { useLocation } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAttempt } from '../feedback/local-step.ts';
import { signalError, signalSuccess } from '../feedback/signals.ts';
import { lacksOf, needsLabel, type Part } from '../offline/lacks.ts';
import type { Item } from '../offline/model.ts';
import { articleOf } from '../offline/reference.ts';
import { asWritten, itemOnScreen } from '../offline/written.ts';
import { useScan } from '../scan/use-scan.ts';
import { useSeen, useStored, type LocalReturn } from '../use-desk.ts';
import { AddItem, findArticle } from './add-item.tsx';
import type { Opening } from './bring-into-view.ts';
import { CameraPanel, type Shutter } from './camera-panel.tsx';
import { FinishBar } from './finish-bar.tsx';
import { ItemCard } from './item-card.tsx';
import { useMerchantSettings } from './names.ts';
import { ParcelCard } from './parcel-card.tsx';
import type { ReturnWork, Target } from './use-return-work.ts';

export interface InspectionTableProps {
  local: LocalReturn;
  work: ReturnWork;
  /** Somebody else holds the return. */
  readOnly: boolean;
}

/** The work itself: items one after the other, the camera beside them, the end always in sight. */
export function InspectionTable({ local, work, readOnly }: InspectionTableProps) {
  const { t } = useTranslation('warehouse');
  const { view } = local;
  const { items } = view;
  const hash = useLocation({ select: (location) => location.hash });
  const firstOpen = items.find(({ grade }) => grade === null)?.id ?? null;
  const [opening, open] = useState<Opening>({ id: items.some(({ id }) => id === hash) ? hash : firstOpen });
  const [adding, setAdding] = useState<{ code?: string } | undefined>();
  const [camera, setCamera] = useStored('kontor.warehouse.camera');
  const shutter = useRef<Shutter>(null);
  const seen = useSeen();
  const settings = useMerchantSettings(view.merchantId);
  const attempt = useAttempt();
  const blocked = needsLabel(local);
  const active = blocked ? null : opening.id;
  // what is written counts before it is put down: the last step puts all of it down
  const lacks = lacksOf(
    asWritten(local, work.drafts.of),
    settings,
    (sku) => articleOf(seen, view.merchantId, sku)?.group ?? null,
  );
  const current = items.find(({ id }) => id === active);
  const cameraOn = camera === 'on' && !readOnly;

  const go = (id: string | null, part?: Part) =>
    attempt(async () => {
      if (current) await work.commit(current);
      open(part ? { id, part } : { id });
    });
  const toggle = (id: string) => go(id === active ? null : id);
  const done = (item: Item) => {
    const after = items.slice(items.indexOf(item) + 1).concat(items);
    return go(after.find((other) => other.id !== item.id && other.grade === null)?.id ?? null);
  };
  const keep = (target: Target, file: Blob) => attempt(() => work.shoot(target, file));
  useScan((code) => {
    if (readOnly) return false;
    const article = findArticle(seen.articles, view.merchantId, code);
    const mine = items.filter(({ sku }) => sku !== null && (sku === code || sku === article?.sku));
    const hit = mine.find(({ grade }) => grade === null) ?? mine[0];
    if (hit) {
      (blocked ? signalError : signalSuccess)();
      void go(hit.id);
      return true;
    }
    if (!article && !/^\d{8}$|^\d{12,14}$/.test(code)) return [view.number, view.trackingNumber].includes(code);
    signalError();
    setAdding({ code });
    return true;
  });

  const target: Target = current ? { item: current } : { kind: blocked ? 'label' : 'parcel' };
  const targetName = current
    ? current.name || (current.sku ?? '')
    : t(`photo.kind.${'kind' in target ? target.kind : 'parcel'}`);
  return (
    <>
      <ParcelCard
        local={local}
        work={work}
        readOnly={readOnly}
        onShoot={cameraOn && !current ? () => shutter.current?.shoot() : undefined}
        onFile={(file, kind) => void keep({ kind }, file)}
      />
      {items.map((item) => (
        <ItemCard
          key={item.id}
          {...{ local, item, work, readOnly }}
          active={item.id === active}
          opening={item.id === active && !readOnly ? opening : undefined}
          blocked={blocked && !readOnly}
          onOpen={() => void toggle(item.id)}
          onDone={() => void done(item)}
          onShoot={cameraOn ? () => shutter.current?.shoot() : undefined}
          onFile={(file) => void keep({ item }, file)}
        />
      ))}
      {items.length === 0 && !adding && !readOnly && <Alert color="gray">{t('return.noItems')}</Alert>}
      {adding && (
        <AddItem
          key={adding.code}
          view={view}
          code={adding.code}
          onAdd={async (found) => {
            await work.add(found);
            open({ id: found.itemId });
          }}
          onClose={() => setAdding(undefined)}
        />
      )}
      {!readOnly && (
        <Group grow>
          {!adding && (
            <Button
              variant="default"
              h={56}
              px="xs"
              leftSection={<IconPlus size={22} aria-hidden />}
              onClick={() => setAdding({})}
            >
              {t('add.open')}
            </Button>
          )}
          {!cameraOn && (
            <Button
              variant="default"
              h={56}
              px="xs"
              leftSection={<IconCamera size={22} aria-hidden />}
              aria-label={t('photo.cameraOn')}
              onClick={() => {
                setCamera('on');
                // the button is at the foot of the page, what it is for is not
                open({ ...opening });
              }}
            >
              {t('photo.camera')}
            </Button>
          )}
        </Group>
      )}
      {!readOnly && (
        <FinishBar
          lacks={lacks}
          onShow={(item, part) => void go(itemOnScreen(items, item), part)}
          onFinish={(nothingInside) => work.end(nothingInside)}
        >
          {cameraOn && (
            <CameraPanel
              ref={shutter}
              target={targetName}
              onPhoto={(file) => keep(target, file)}
              onClose={() => setCamera('off')}
            />
          )}
        </FinishBar>
      )}
    </>
  );
}
