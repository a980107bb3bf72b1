import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import { useApiMutation } from '../../app/api/queries.ts';
import { useFormats } from '../../app/i18n/formats.ts';
import { ConfirmButton } from '../../shared/confirm-button.tsx';

/** Rebuilds missed days from the nearest earlier one and the movements since (F8). @param gaps  ascending */
export function Reconstruct({ merchantId, gaps }: { merchantId: string; gaps: readonly string[] }) {
  const { t } = useTranslation('finance');
  const { day } = useFormats();
  const rebuild = useApiMutation('POST /storage-snapshots/reconstruct');
  const [from, to] = [gaps[0]!, gaps.at(-1)!];
  const act = async () => {
    const { reconstructed } = await rebuild.mutateAsync({ merchantId, from, to });
    notifications.show({ message: t('storage.rebuilt', { count: reconstructed.length }) });
  };
  return (
    <ConfirmButton
      w="fit-content"
      danger={false}
      label={t('storage.rebuild')}
      question={t('storage.rebuildQuestion', { count: gaps.length })}
      consequence={t('storage.rebuildConsequence', { from: day(from), to: day(to) })}
      onConfirm={act}
    />
  );
}
