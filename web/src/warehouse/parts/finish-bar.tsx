import { Button, Group, List, Modal, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useOneStep } from '../feedback/local-step.ts';
import { signalError } from '../feedback/signals.ts';
import { firstLack, isReady, notInspected, type Lacks, type Part } from '../offline/lacks.ts';
import type { Item } from '../offline/model.ts';
import classes from './finish-bar.module.css';

export interface FinishBarProps {
  lacks: Lacks;
  /** Leads to what an item lacks. */
  onShow: (item: Item, part: Part) => void;
  onFinish: (nothingInside: boolean) => Promise<unknown>;
  children?: React.ReactNode;
}

/** Always in sight: what is missing, and the last step. */
export function FinishBar({ lacks, onShow, onFinish, children }: FinishBarProps) {
  const { t } = useTranslation('warehouse');
  const [asking, setAsking] = useState(false);
  const { busy, run } = useOneStep();
  const texts = useLacks(lacks);
  const ready = isReady(lacks);
  const first = firstLack(lacks);
  const end = (nothingInside: boolean) => {
    setAsking(false);
    void run(() => onFinish(nothingInside));
  };
  const press = () => {
    if (lacks.nothingDone && !lacks.merchant) return setAsking(true);
    if (!ready) {
      signalError();
      return first && onShow(first.item, first.part);
    }
    if (lacks.absent.length) return setAsking(true);
    end(false);
  };
  return (
    <div className={classes.bar}>
      {children}
      <div className={classes.end}>
        {texts.length > 0 && (
          <div className={classes.lacks} role="status">
            <IconAlertTriangle size={22} aria-hidden />
            <span>{texts.join(' ')}</span>
          </div>
        )}
        <Button
          className={classes.finish}
          h={60}
          px="md"
          loading={busy}
          variant={ready && !lacks.absent.length ? 'filled' : 'default'}
          disabled={lacks.merchant}
          leftSection={<IconCheck size={26} aria-hidden />}
          onClick={press}
        >
          {t('finish.submit')}
        </Button>
      </div>
      <Ask lacks={lacks} opened={asking} onClose={() => setAsking(false)} onYes={() => end(lacks.nothingDone)} />
    </div>
  );
}

/** Missing goods cannot be found again by a second tap, so this one step asks first. */
function Ask({
  lacks,
  opened,
  onClose,
  onYes,
}: {
  lacks: Lacks;
  opened: boolean;
  onClose: () => void;
  onYes: () => void;
}) {
  const { t } = useTranslation('warehouse');
  const { t: c } = useTranslation();
  const empty = lacks.nothingDone;
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={empty ? t('finish.emptyTitle') : t('finish.absentTitle')}
      closeButtonProps={{ 'aria-label': c('action.close'), size: 48 }}
    >
      <Stack>
        <Text>{empty ? t('finish.emptyText') : t('finish.absentText')}</Text>
        <List>
          {lacks.absent.map(({ id, quantity, name, sku }) => (
            <List.Item key={id}>{`${quantity} × ${name || sku}`}</List.Item>
          ))}
        </List>
        <Group grow>
          <Button variant="default" h={56} onClick={onClose} data-autofocus>
            {t('finish.goOn')}
          </Button>
          <Button h={56} onClick={onYes}>
            {empty ? t('finish.empty') : t('finish.absent')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

/** What is missing, as sentences. */
function useLacks(lacks: Lacks): string[] {
  const { t } = useTranslation('warehouse');
  const nameOf = ({ name, sku }: { name: string; sku: string | null }) => name || (sku ?? '');
  if (lacks.merchant) return [t('lacks.merchant')];
  if (lacks.nothingDone) return [t('lacks.nothingDone')];
  const open = notInspected(lacks);
  const photos = lacks.photos.map(({ item, missing }) => t('lacks.photo', { count: missing, name: nameOf(item) }));
  return [
    ...(lacks.silent.length ? [t('lacks.silent', { name: nameOf(lacks.silent[0]!) })] : []),
    ...(lacks.repeated.length ? [t('serials.lack', { name: nameOf(lacks.repeated[0]!) })] : []),
    ...(lacks.anyPhoto ? [t('lacks.anyPhoto')] : photos),
    ...(open ? [t('lacks.notInspected', { count: open })] : []),
  ];
}
