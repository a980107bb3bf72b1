import { useTranslation } from 'react-i18next';
import { errorSentence, type Say } from './error-sentence.ts';

/**
 * What to tell a person about a failure. A page that knows better texts for some codes asks `hasCode` first.
 * @returns a function from the error to a sentence in the language in use
 */
export function useErrorText(): (error: unknown) => string {
  const { t, i18n } = useTranslation(['common', 'codes']);
  const say: Say = (key, values) =>
    i18n.exists(key) ? (t(key as never, values as never) as unknown as string) : undefined;
  return (error) => errorSentence(error, say);
}
