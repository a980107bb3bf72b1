import { Button } from '@mantine/core';
import { IconPackageImport } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useOneStep } from '../feedback/local-step.ts';
import { signalSuccess } from '../feedback/signals.ts';
import type { ReturnView } from '../offline/model.ts';
import { useDesk } from '../use-desk.ts';

/** A return that was called off, expired or lost is here: it is taken in like any other, also without a network. */
export function ArrivedAfterAll({ id }: Pick<ReturnView, 'id'>) {
  const { t } = useTranslation('warehouse');
  const { outbox, author } = useDesk();
  const { busy, run } = useOneStep();
  const receive = async (parcelId: string) => {
    // only the first: somebody else may have taken it in meanwhile, and a further parcel may cost a fee
    await outbox.record(id, author(), { kind: 'receive', body: { parcelId, onlyFirst: true } });
    signalSuccess();
  };
  return (
    <Button
      loading={busy}
      h={60}
      px="sm"
      fz="lg"
      leftSection={<IconPackageImport size={26} aria-hidden />}
      onClick={() => void run(receive)}
    >
      {t('after.arrived')}
    </Button>
  );
}
