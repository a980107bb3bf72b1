import { Button, Group } from '@mantine/core';
import { IconBarcode, IconBoxMultiple, IconPrinter } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useOnline } from '../../app/api/reachability.ts';
import { OfflineError } from '../../app/api/errors.ts';
import { useRefusal } from '../feedback/needs-network.tsx';
import type { Item } from '../offline/model.ts';
import type { LocalReturn } from '../use-desk.ts';
import { useArticle } from './names.ts';
import { openPdf } from './open-pdf.ts';
import type { ReturnWork } from './use-return-work.ts';

const LinkArticle = lazy(() => import('./link-article.tsx'));
const Unbundle = lazy(() => import('./unbundle.tsx'));
/** Nobody else was told of the item yet. */
const TO_INSPECT: readonly Item['state'][] = ['expected', 'received', 'graded', 'disposition_proposed'];
const NOT_HERE: readonly Item['state'][] = ['expected', 'missing'];

export interface ItemStepsProps {
  local: LocalReturn;
  item: Item;
  work: ReturnWork;
  /** Only what changes nothing. */
  readOnly: boolean;
}

/** What is done with one item beside its inspection. All of it happens on the server at once (K13). */
export function ItemSteps({ local, item, work, readOnly }: ItemStepsProps) {
  const { t } = useTranslation('warehouse');
  const [open, setOpen] = useState<'link' | 'unbundle' | undefined>();
  const atOnce = useAtOnce(local);
  const article = useArticle(local.view.merchantId, item.sku);
  const label = () => openPdf('GET /labels/items/{itemId}/label.pdf', { itemId: item.id, format: '62x29' });
  const close = () => setOpen(undefined);
  const canChange = !readOnly && TO_INSPECT.includes(item.state);
  return (
    <Group gap="xs">
      {canChange && !article && (
        <Button
          variant="default"
          h={48}
          leftSection={<IconBarcode size={22} aria-hidden />}
          onClick={atOnce(() => setOpen('link'), true)}
        >
          {item.sku ? t('itemSteps.linkAgain') : t('itemSteps.link')}
        </Button>
      )}
      {canChange && !item.grade && article && article.components.length > 0 && (
        <Button
          variant="default"
          h={48}
          leftSection={<IconBoxMultiple size={22} aria-hidden />}
          onClick={atOnce(() => setOpen('unbundle'), true)}
        >
          {t('itemSteps.unbundle')}
        </Button>
      )}
      {!NOT_HERE.includes(item.state) && (
        <Button variant="default" h={48} leftSection={<IconPrinter size={22} aria-hidden />} onClick={atOnce(label)}>
          {t('itemSteps.label')}
        </Button>
      )}
      <Suspense>
        {open === 'link' && <LinkArticle view={local.view} item={item} work={work} onClose={close} />}
        {open === 'unbundle' && article && (
          <Unbundle view={local.view} item={item} work={work} components={article.components} onClose={close} />
        )}
      </Suspense>
    </Group>
  );
}

/** A step that cannot wait, and whose forerunners must not wait either. */
function useAtOnce({ view, waiting, isNew }: LocalReturn) {
  const { t } = useTranslation('warehouse');
  const online = useOnline();
  const refuse = useRefusal();
  return (step: () => unknown, needsMerchant = false) =>
    () => {
      if (!online) return refuse(new OfflineError());
      if (isNew || waiting.length) return refuse(undefined, t('itemSteps.stillSending'));
      if (needsMerchant && view.merchantId === null) return refuse(undefined, t('itemSteps.noMerchant'));
      void Promise.resolve()
        .then(step)
        .catch((error: unknown) => refuse(error));
    };
}
