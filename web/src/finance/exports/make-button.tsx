import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useApiMutation } from '../../app/api/queries.ts';
import { ConfirmButton } from '../../shared/confirm-button.tsx';
import { useErrorText } from '../../shared/error-text.ts';
import type { Preview } from './periods.ts';

/** Makes the file and goes to it; asks first when some of it could be booked or reported twice. */
export function MakeButton({ preview, onlyNew }: { preview: Preview; onlyNew: boolean }) {
  const { t } = useTranslation('exports');
  const navigate = useNavigate();
  const errorText = useErrorText();
  const make = useApiMutation('POST /exports');
  const { kind, period, repeats, blockedBy } = preview;
  const act = async () => {
    const { id } = await make.mutateAsync({ kind, period, onlyNew });
    notifications.show({ message: t('done') });
    await navigate({ to: `/finance/exports/${id}` });
  };
  const repeated = new Set(repeats.map(({ invoiceId }) => invoiceId)).size;
  const nothing = blockedBy !== null || (onlyNew && preview.newSums.rows === 0);
  // an archive is read in nowhere: having it twice does nothing
  if (repeated > 0 && !onlyNew && kind !== 'bundle')
    return (
      <ConfirmButton
        label={t('makeAgain')}
        question={t('againQuestion')}
        consequence={kind === 'ecSales' ? t('repeatedHint.ecSales') : t('againConsequence', { count: repeated })}
        disabled={nothing}
        onConfirm={act}
      />
    );
  return (
    <Button
      size="md"
      disabled={nothing}
      loading={make.isPending}
      onClick={() =>
        void act().catch((error: unknown) => notifications.show({ message: errorText(error), color: 'red' }))
      }
    >
      {t('make')}
    </Button>
  );
}
