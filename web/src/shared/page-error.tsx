import { IconMapOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../app/api/errors.ts';
import { EmptyState } from './empty-state.tsx';
import { ErrorState } from './error-state.tsx';
import { PageHeader } from './page-header.tsx';

export interface PageErrorProps {
  error: Error;
  onRetry: () => unknown;
  /** The list the page belongs to. */
  back: string;
  /** What may be the reason that there is no such record. */
  hint?: string;
}

/** In place of a page whose record cannot be shown: what does not exist and what is somebody else's look the same. */
export function PageError({ error, onRetry, back, hint }: PageErrorProps) {
  const { t } = useTranslation();
  if (error instanceof ApiError && (error.status === 404 || error.status === 422))
    return (
      <>
        <PageHeader title={t('error.notFoundTitle')} back={back} />
        <EmptyState icon={IconMapOff} title={t('error.notFound')} text={hint ?? t('pages.notFoundText')} />
      </>
    );
  return (
    <>
      <PageHeader title={t('error.title')} back={back} />
      <ErrorState error={error} onRetry={onRetry} />
    </>
  );
}
