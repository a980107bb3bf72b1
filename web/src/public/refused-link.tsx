import { IconLinkOff, type Icon } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../app/api/errors.ts';
import { EmptyState } from '../shared/empty-state.tsx';
import { ErrorState } from '../shared/error-state.tsx';
import { PageHeader } from '../shared/page-header.tsx';

/** By the code of the refusal. */
export type Reasons<Key extends string> = Readonly<Record<string, { icon: Icon; key: Key }>>;

interface RefusedLinkProps<Key extends string> {
  error: Error;
  onRetry: () => unknown;
  reasons: Reasons<Key>;
  /** The reason that is told of every other refusal. */
  unknown: Key;
  say: (key: Key) => readonly [title: string, text: string];
}

/** Why the link of a mail leads nowhere; where nobody answered, with another try. */
export function RefusedLink<Key extends string>({ error, onRetry, reasons, unknown, say }: RefusedLinkProps<Key>) {
  const { t } = useTranslation('public');
  const refused = error instanceof ApiError && error.status < 500 && error.status !== 429;
  if (!refused)
    return (
      <>
        <PageHeader title={t('decide.noAnswerTitle')} />
        <ErrorState error={error} onRetry={onRetry} />
      </>
    );
  const { icon, key } = reasons[error.code] ?? { icon: IconLinkOff, key: unknown };
  const [title, text] = say(key);
  return (
    <>
      <PageHeader title={title} />
      <EmptyState icon={icon} title={text} />
    </>
  );
}
