import { Alert, Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconCamera, IconPlus } from '@tabler/icons-react';
import { useLocation } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { signalError, signalSuccess } from '../feedback/signals.ts';
import { isWritten, lacksOf } from '../offline/lacks.ts';
import type { Draft, Item } from '../offline/model.ts';
import { articleOf } from '../offline/reference.ts';
import { PhotoRefused } from '../offline/work.ts';
import { useScan } from '../scan/use-scan.ts';
import { useSeen, useStored, type LocalReturn } from '../use-desk.ts';
import { AddItem, findArticle } from './add-item.tsx';
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
  const { t: c } = useTranslation();
  const { view } = local;
  const { items } = view;
  const hash = useLocation({ select: (location) => location.hash });
  const firstOpen = items.find(({ grade }) => grade === null)?.id ?? null;
  const [active, setActive] = useState<string | null>(items.some(({ id }) => id === hash) ? hash : firstOpen);
  const [adding, setAdding] = useState<{ code?: string } | undefined>();
  const [camera, setCamera] = useStored('kontor.warehouse.camera');
  const shutter = useRef<Shutter>(null);
  const seen = useSeen();
  const settings = useMerchantSettings(view.merchantId);
  const written = items.map((item) => withDraft(item, work.drafts.of(item)));
  const lacks = lacksOf(
    { ...local, view: { ...view, items: written } },
    settings,
    (sku) => articleOf(seen, view.merchantId, sku)?.group ?? null,
  );
  const current = items.find(({ id }) => id === active);
  const cameraOn = camera === 'on' && !readOnly;

  const leave = async () => void (current && (await work.commit(current)));
  const open = async (id: string | null) => {
    await leave();
    setActive(id === active ? null : id);
  };
  const done = async (item: Item) => {
    await work.commit(item);
    const after = items.slice(items.indexOf(item) + 1).concat(items);
    setActive(after.find((other) => other.id !== item.id && other.grade === null)?.id ?? null);
  };
  const keep = async (target: Target, file: Blob) => {
    try {
      await work.shoot(target, file);
    } catch (error) {
      const reason = error instanceof PhotoRefused ? error.reason : 'DEVICE_FULL';
      notifications.show({
        color: 'red',
        title: t('photo.refused'),
        message: t(`photo.refusedBecause.${reason}`),
        autoClose: false,
        closeButtonProps: { 'aria-label': c('action.close') },
      });
    }
  };
  useScan((code) => {
    if (readOnly) return false;
    const article = findArticle(seen.articles, view.merchantId, code);
    const mine = items.filter(({ sku }) => sku !== null && (sku === code || sku === article?.sku));
    const hit = mine.find(({ grade }) => grade === null) ?? mine[0];
    if (hit) {
      signalSuccess();
      void open(hit.id === active ? null : hit.id).then(() => setActive(hit.id));
      return true;
    }
    if (!article && !/^\d{8}$|^\d{12,14}$/.test(code)) return [view.number, view.trackingNumber].includes(code);
    signalError();
    setAdding({ code });
    return true;
  });

  const target: Target = current ? { item: current } : parcelTarget(local);
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
          onOpen={() => void open(item.id)}
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
          onAdd={async (found) => setActive(await work.add(found))}
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
              onClick={() => setCamera('on')}
            >
              {t('photo.camera')}
            </Button>
          )}
        </Group>
      )}
      {!readOnly && (
        <FinishBar lacks={lacks} onShow={(id) => void open(id)} onFinish={(nothingInside) => work.end(nothingInside)}>
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

/** What is written counts before it is put down: the last step puts all of it down. */
const withDraft = (item: Item, draft: Draft): Item =>
  isWritten(draft) && item.grade === null
    ? { ...item, grade: draft.grade!, note: draft.note, reason: draft.reason ?? null, state: 'disposition_proposed' }
    : item;

/** Of a parcel nobody knows, the label is what will tell whose it is (A4). */
function parcelTarget({ view, photos }: LocalReturn): { kind: 'label' | 'parcel' } {
  const labelled = [...view.photos, ...photos].some(({ kind }) => kind === 'label');
  return { kind: view.merchantId === null && !labelled ? 'label' : 'parcel' };
}
