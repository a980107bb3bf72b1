import { useTranslation } from 'react-i18next';
import { PageError as AnyPageError, type PageErrorProps } from '../../shared/page-error.tsx';

/** In place of a page whose record cannot be shown; it may be one of another merchant of the same user. */
export function PageError(props: Omit<PageErrorProps, 'hint'>) {
  const { t } = useTranslation('merchant');
  return <AnyPageError {...props} hint={t('frame.notFoundText')} />;
}
