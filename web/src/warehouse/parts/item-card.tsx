import { Badge, Card, Group, Stack, Text, UnstyledButton } from '@mantine/core';
import { IconAlertTriangle, IconChevronDown } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { GradeBadge } from '../../shared/grade.tsx';
import { StateBadge } from '../../shared/state-badge.tsx';
import { useAttempt } from '../feedback/local-step.ts';
import type { Part } from '../offline/lacks.ts';
import type { Item } from '../offline/model.ts';
import type { LocalReturn } from '../use-desk.ts';
import { ArticlePicture } from './article-picture.tsx';
import { bringIntoView, type Opening } from './bring-into-view.ts';
import classes from './item-card.module.css';
import { ItemForm } from './item-form.tsx';
import { ItemSteps } from './item-steps.tsx';
import { useArticle, useMerchantSettings, useTold } from './names.ts';
import { PhotoStrip } from './photo-strip.tsx';
import type { ReturnWork } from './use-return-work.ts';

export interface ItemCardProps {
  local: LocalReturn;
  item: Item;
  work: ReturnWork;
  /** Its form is open. */
  active: boolean;
  /** What led to it last, if it is open: it is brought into view for each of them. */
  opening?: Opening | undefined;
  /** Nothing can be found about it before the label is photographed. */
  blocked?: boolean;
  /** Nobody writes here: the inspection has ended, or somebody else holds the return. */
  readOnly: boolean;
  onOpen: () => void;
  onDone: () => void;
  onShoot: (() => void) | undefined;
  onFile: (file: File) => void;
}

/** One item: what was expected, what was found, its photos. Closed it is a line, open it is the form. */
export function ItemCard(props: ItemCardProps) {
  const { local, item, work, active, opening, blocked, readOnly, onOpen, onDone } = props;
  const card = useRef<HTMLDivElement>(null);
  useEffect(() => (opening && card.current ? bringIntoView(card.current, opening.part) : undefined), [opening]);
  const sent = local.view.photos.filter(({ itemId }) => itemId === item.id);
  const waiting = local.photos.filter(({ itemId }) => itemId === item.id);
  const shown = active && !readOnly;
  return (
    <Card
      ref={card}
      p="md"
      component="article"
      id={item.id}
      className={classes.card}
      data-active={shown || undefined}
      data-origin={item.origin}
      aria-label={item.name || (item.sku ?? '')}
    >
      <UnstyledButton className={classes.head} onClick={onOpen} aria-expanded={shown} disabled={readOnly || blocked}>
        <ItemHead {...props} photos={sent.length + waiting.length} />
      </UnstyledButton>
      {shown ? (
        <Stack gap="md" mt="md">
          <PhotosOf {...props} sent={sent} waiting={waiting} />
          <ItemForm
            view={local.view}
            item={item}
            draft={work.drafts.of(item)}
            onChange={(patch) => work.drafts.change(item, patch)}
            onDone={onDone}
          />
          <ItemSteps {...props} />
        </Stack>
      ) : (
        readOnly && (
          <Group mt="sm" justify="space-between">
            {sent.length + waiting.length > 0 && <PhotoStrip label={item.name} sent={sent} waiting={waiting} />}
            <ItemSteps {...props} />
          </Group>
        )
      )}
    </Card>
  );
}

function PhotosOf({
  item,
  work,
  onShoot,
  onFile,
  sent,
  waiting,
}: ItemCardProps & Pick<Parameters<typeof PhotoStrip>[0], 'sent' | 'waiting'>) {
  const { t } = useTranslation('warehouse');
  const attempt = useAttempt();
  return (
    <div data-part={'photos' satisfies Part}>
      <PhotoStrip
        label={t('item.photos', { name: item.name || (item.sku ?? '') })}
        sent={sent}
        waiting={waiting}
        onShoot={onShoot}
        onFile={onFile}
        onDrop={(id) => void attempt(() => work.dropPhoto(id))}
      />
    </div>
  );
}

function ItemHead({
  local: { view },
  item,
  work,
  active,
  blocked,
  readOnly,
  photos,
}: ItemCardProps & { photos: number }) {
  const { t } = useTranslation('warehouse');
  const { t: c } = useTranslation();
  const article = useArticle(view.merchantId, item.sku);
  const reason = useReasonText(view.merchantId, item.reason);
  const begun = !item.grade && work.drafts.isChanged(item);
  return (
    <Group wrap="nowrap" gap="md" align="flex-start">
      <ArticlePicture article={article} />
      <Stack gap={4} miw={0} flex={1}>
        <Text fw={650} lh={1.25} fz="lg">
          {item.quantity > 1 && <span className="tabular">{`${item.quantity} × `}</span>}
          {item.name || article?.name || item.sku}
        </Text>
        <Text c="dimmed" fz="sm">
          {[item.sku, reason].filter(Boolean).join(' · ')}
        </Text>
        <Group gap={6}>
          {item.origin !== 'expected' && (
            <Badge color="yellow" c="var(--k-warn)" bg="var(--k-warn-ground)" size="lg">
              {item.insteadOf ? t('item.wrong') : t(`item.origin.${item.origin}`)}
            </Badge>
          )}
          {item.grade && <GradeBadge grade={item.grade} />}
          {!item.grade && (readOnly || item.state !== 'expected') && <StateBadge of="item" value={item.state} />}
          {begun && !active && (
            <Badge c="var(--k-warn)" bg="var(--k-warn-ground)" size="lg" leftSection={<IconAlertTriangle size={14} />}>
              {t('item.begun')}
            </Badge>
          )}
          {item.serialMismatch && (
            <Badge c="var(--k-bad)" bg="var(--k-bad-ground)" size="lg">
              {t('item.serialMismatch')}
            </Badge>
          )}
        </Group>
        {!active && item.disposition && (
          <Text fz="sm">
            {item.suggestedDisposition === 'ask' && item.dispositionSource === 'rule'
              ? t('item.ask')
              : c(`disposition.${item.disposition}`)}
            {photos > 0 && ` · ${t('item.photoCount', { count: photos })}`}
          </Text>
        )}
        {blocked && (
          <Text fz="sm" c="dimmed">
            {t('labelFirst')}
          </Text>
        )}
        {!active && item.note && (
          <Text fz="sm" c="dimmed" lineClamp={2}>
            {item.note}
          </Text>
        )}
      </Stack>
      {!readOnly && !active && !blocked && <IconChevronDown size={26} aria-hidden />}
    </Group>
  );
}

/** Shops send reasons that are in no list; they read as they are. */
function useReasonText(merchantId: string | null, code: string | null): string | null {
  const settings = useMerchantSettings(merchantId);
  const told = useTold();
  const reason = settings?.reasons.find((one) => one.code === code);
  return reason ? told(reason) : code;
}
