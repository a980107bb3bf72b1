import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import { useApiMutation } from '../../app/api/queries.ts';
import { useFormats } from '../../app/i18n/formats.ts';
import { ConfirmButton } from '../../shared/confirm-button.tsx';

export interface ReconstructProps {
  merchantId: string;
  warehouse: string;
  /** Ascending. */
  days: readonly string[];
  /** Whether there is more than one warehouse, so that the button has to say which. */
  isOneOfMany: boolean;
}

/** Rebuilds missed days of a warehouse from the nearest earlier one and the movements since (F8). */
export function Reconstruct({ merchantId, warehouse, days, isOneOfMany }: ReconstructProps) {
  const { t } = useTranslation('finance');
  const { day } = useFormats();
  const rebuild = useApiMutation('POST /storage-snapshots/reconstruct');
  const [from, to] = [days[0]!, days.at(-1)!];
  const act = async () => {
    const { reconstructed } = await rebuild.mutateAsync({ merchantId, warehouse, from, to });
    notifications.show({ message: t('storage.rebuilt', { count: reconstructed.length }) });
  };
  return (
    <ConfirmButton
      w="fit-content"
      danger={false}
      label={isOneOfMany ? t('storage.rebuildOf', { warehouse }) : t('storage.rebuild')}
      question={t('storage.rebuildQuestion', { count: days.length })}
      consequence={t('storage.rebuildConsequence', { warehouse, from: day(from), to: day(to) })}
      onConfirm={act}
    />
  );
}
