import { IconMapOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../app/api/errors.ts';
import { EmptyState } from '../../shared/empty-state.tsx';
import { ErrorState } from '../../shared/error-state.tsx';
import { PageHeader } from '../../shared/page-header.tsx';

export interface PageErrorProps {
  error: Error;
  onRetry: () => unknown;
  /** The list the page belongs to. */
  back: string;
}

/** In place of a page whose record cannot be shown: what does not exist and what is somebody else's look the same. */
export function PageError({ error, onRetry, back }: PageErrorProps) {
  const { t } = useTranslation('merchant');
  const { t: c } = useTranslation();
  if (error instanceof ApiError && (error.status === 404 || error.status === 422))
    return (
      <>
        <PageHeader title={t('frame.notFound')} back={back} />
        <EmptyState icon={IconMapOff} title={c('error.notFound')} text={t('frame.notFoundText')} />
      </>
    );
  return (
    <>
      <PageHeader title={c('error.title')} back={back} />
      <ErrorState error={error} onRetry={onRetry} />
    </>
  );
}
