import { Button, Menu } from '@mantine/core';
import { IconDots, IconMail, IconPencil, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiMutation } from '../../app/api/queries.ts';
import { ConfirmDialog } from '../../shared/confirm-button.tsx';
import { useMayDecide } from '../merchants.ts';
import { DownloadButton } from '../../shared/download-button.tsx';
import { EditDetails } from './edit-details.tsx';
import { EditItems } from './edit-items.tsx';
import type { ReturnView } from './item-list.tsx';
import { SendSlip } from './send-slip.tsx';

const BEFORE: readonly ReturnView['state'][] = ['announced', 'in_transit'];

/** What a merchant can do with a return until it is here: slip, correction, calling it off. */
export function BeforeArrival({ parcel }: { parcel: ReturnView }) {
  const { t } = useTranslation('merchant');
  const { mutateAsync: cancel } = useApiMutation('POST /returns/{id}/cancel');
  const mayChange = useMayDecide();
  const [shown, setShown] = useState<'details' | 'slip' | 'cancel'>();
  const show = (dialog: typeof shown) => () => setShown(dialog);
  const close = () => setShown(undefined);
  if (!BEFORE.includes(parcel.state)) return null;
  const { id, version } = parcel;
  return (
    <>
      <DownloadButton route="GET /returns/{id}/return-slip.pdf" input={{ id }}>
        {t('return.slip')}
      </DownloadButton>
      {mayChange && (
        <>
          <EditItems parcel={parcel} />
          <Menu position="bottom-end" shadow="md">
            <Menu.Target>
              <Button variant="default" leftSection={<IconDots size={20} aria-hidden />}>
                {t('return.more')}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item mih={48} leftSection={<IconPencil size={20} aria-hidden />} onClick={show('details')}>
                {t('return.edit')}
              </Menu.Item>
              <Menu.Item mih={48} leftSection={<IconMail size={20} aria-hidden />} onClick={show('slip')}>
                {t('return.sendSlip')}
              </Menu.Item>
              <Menu.Item mih={48} leftSection={<IconX size={20} aria-hidden />} onClick={show('cancel')}>
                {t('return.cancel')}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
          <EditDetails parcel={parcel} opened={shown === 'details'} onClose={close} />
          <SendSlip returnId={id} opened={shown === 'slip'} onClose={close} />
          <ConfirmDialog
            label={t('return.cancel')}
            question={t('return.cancelQuestion', { number: parcel.number })}
            consequence={t('return.cancelWill')}
            onConfirm={() => cancel({ id, $options: { ifMatch: version } })}
            opened={shown === 'cancel'}
            onClose={close}
          />
        </>
      )}
    </>
  );
}
