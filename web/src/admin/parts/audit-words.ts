import { useTranslation } from 'react-i18next';
import { useFormats } from '../../app/i18n/formats.ts';
import { wordKeys } from './audit-value.ts';

/** What is written of an entry of the audit trail; what has no word yet stands there by its technical name. */
export function useAuditWords() {
  const { t, i18n } = useTranslation('admin');
  // fetches the words of records, too
  useTranslation('records');
  const formats = useFormats();
  const known = (key: string): string | undefined =>
    i18n.exists(key, { ns: 'admin' }) ? String(t(key as never)) : undefined;
  const worded = (path: string, entity: string, value: string): string | undefined =>
    wordKeys(path, entity, value)
      .map(known)
      .find((word) => word !== undefined);
  return {
    actionOf: (action: string) => known(`audit.${action}`) ?? action,
    /** Every part of a path by its word: "Retourenregeln › Ohne Antwort". */
    fieldOf: (path: string) =>
      path
        .split('.')
        .map((part) => known(`auditField.${part}`) ?? part)
        .join(' › '),
    /** Codes in words; other texts, such as notes, stay as they are. */
    textOf: (path: string, entity: string, value: string) =>
      worded(path, entity, value) ??
      (path.endsWith('roles')
        ? value
            .split(', ')
            .map((one) => worded(path, entity, one) ?? one)
            .join(', ')
        : value),
    instantOf: formats.dateTime,
    dayOf: formats.day,
  };
}
