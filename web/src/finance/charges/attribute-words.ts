import { useTranslation } from 'react-i18next';
import { useFormats } from '../../app/i18n/formats.ts';
import { attributeFacts, type SayAttribute } from './attribute-facts.ts';

/** What an event says that its price goes by, with names. */
export function useAttributeWords() {
  const { t, i18n } = useTranslation('finance');
  const { number } = useFormats();
  const say: SayAttribute = (key, values) =>
    i18n.exists(`finance:${key}`) ? String(t(key as never, values as never)) : undefined;
  return (attributes: Record<string, unknown>) => attributeFacts(attributes, { say, number });
}
