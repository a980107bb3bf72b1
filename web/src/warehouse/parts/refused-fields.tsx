import { List } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Conflict } from '../offline/model.ts';

/** Which fields of a step the server refused, and why, in words. */
export function RefusedFields({ errors }: Pick<Conflict, 'errors'>) {
  const { t, i18n } = useTranslation('warehouse');
  const { t: c } = useTranslation();
  // whose lock it is stands among the fields, too
  const fields = errors.filter(({ path }) => path !== '' && !path.startsWith('lock.'));
  if (!fields.length) return null;
  const sentence = ({ path, code, message }: Conflict['errors'][number]) => {
    const field = path.split('.')[0]!;
    const key = `refusedField.${field}`;
    const known = `fieldError.${code}`;
    const own = `refusedBecause.${code}`;
    const problem = i18n.exists(own, { ns: 'warehouse' })
      ? (t(own as never) as unknown as string)
      : i18n.exists(known)
        ? (c(known as never) as unknown as string)
        : message;
    return i18n.exists(key, { ns: 'warehouse' })
      ? (t(key as never, { problem } as never) as unknown as string)
      : t('refusedField.other', { field, problem });
  };
  return (
    <List>
      {fields.map((error) => (
        <List.Item key={`${error.path} ${error.code}`}>{sentence(error)}</List.Item>
      ))}
    </List>
  );
}
