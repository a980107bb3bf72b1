import { Menu } from '@mantine/core';
import { useNetwork } from '@mantine/hooks';
import {
  IconArrowsSplit,
  IconPackages,
  IconPrinter,
  IconTruckReturn,
  IconUserCheck,
  type Icon,
} from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { callApi } from '../../app/api/client.ts';
import { OfflineError } from '../../app/api/errors.ts';
import { useRefusal } from '../feedback/needs-network.tsx';
import { signalSuccess } from '../feedback/signals.ts';
import { isHere, OPEN } from '../offline/reference.ts';
import { useDesk, type LocalReturn } from '../use-desk.ts';
import { isGivenUp } from './afterwards.ts';
import { openPdf } from './open-pdf.ts';

export interface MoreStepsProps {
  local: LocalReturn;
  /** Opens the form for a further parcel; not while somebody else holds the return. */
  onParcel: (() => void) | undefined;
}

/** What is not done with every parcel. All but the further parcel need the network, and say so. */
export function MoreSteps({ local, onParcel }: MoreStepsProps) {
  const { t } = useTranslation('warehouse');
  const { view, isNew } = local;
  const desk = useDesk();
  const navigate = useNavigate();
  const online = useOnline(isNew);
  const { id } = view;
  const here = isHere(view);
  const changeKind = async () => {
    const kind = view.kind === 'undeliverable' ? 'withdrawal' : 'undeliverable';
    await desk.outbox.keep({ putReturns: [await callApi('PATCH /returns/{id}', { id, kind })] });
    signalSuccess();
  };
  return (
    <Menu.Dropdown>
      {onParcel && here && <Entry icon={IconPackages} label={t('more.parcel')} onClick={onParcel} />}
      {OPEN.includes(view.state) && (
        <>
          <Entry
            icon={IconUserCheck}
            label={view.merchantId === null ? t('more.match') : t('more.matchAgain')}
            onClick={online(() => navigate({ to: '/warehouse/returns/$id/match', params: { id } }))}
          />
          <Entry
            icon={IconArrowsSplit}
            label={t('more.split')}
            onClick={online(() => navigate({ to: '/warehouse/returns/$id/split', params: { id } }))}
          />
          <Entry
            icon={IconTruckReturn}
            label={view.kind === 'undeliverable' ? t('more.isWithdrawal') : t('more.isUndeliverable')}
            onClick={online(changeKind)}
          />
        </>
      )}
      {(here || isGivenUp(view)) && (
        <Entry
          icon={IconPrinter}
          label={t('more.labels')}
          onClick={online(() => openPdf('GET /returns/{id}/labels.pdf', { id }))}
        />
      )}
    </Menu.Dropdown>
  );
}

function Entry({ icon: Glyph, label, onClick }: { icon: Icon; label: string; onClick: () => unknown }) {
  return (
    <Menu.Item h={52} leftSection={<Glyph size={22} aria-hidden />} onClick={() => void onClick()}>
      {label}
    </Menu.Item>
  );
}

/** Steps that cannot wait on the device (K13): without a network, or before the server knows the return, they say so. */
function useOnline(isNew: boolean): (step: () => unknown) => () => void {
  const { online } = useNetwork();
  const refuse = useRefusal();
  const { t } = useTranslation('warehouse');
  return (step) => () => {
    if (!online) return refuse(new OfflineError());
    if (isNew) return refuse(undefined, t('network.notSentYet'));
    void Promise.resolve()
      .then(step)
      .catch((error: unknown) => refuse(error));
  };
}
