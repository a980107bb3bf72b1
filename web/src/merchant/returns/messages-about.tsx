import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useApiList } from '../../app/api/queries.ts';
import { useFormats } from '../../app/i18n/formats.ts';
import { Entry } from '../parts/entry.tsx';
import { Section } from '../parts/section.tsx';

/** The mails about a return, batch or invoice. */
export function MessagesAbout({ documentId }: { documentId: string }) {
  const { t } = useTranslation('merchant');
  const { dateTime } = useFormats();
  const list = useApiList('GET /messages', { documentId }, { live: true, pageSize: 20 });
  return (
    <Section title={t('messages.about')} query={list}>
      {!list.items.length && <Text c="dimmed">{t('messages.noneAbout')}</Text>}
      {list.items.map(({ id, subject, state, sentAt, createdAt }) => (
        <Entry
          key={id}
          to={`/merchant/messages/${id}`}
          title={subject}
          text={[t(`messages.states.${state}`), dateTime(sentAt ?? createdAt)]}
        />
      ))}
    </Section>
  );
}
