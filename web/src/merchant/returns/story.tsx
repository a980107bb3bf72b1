import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../app/api/queries.ts';
import { DateTime } from '../../shared/date-time.tsx';
import { Section } from '../parts/section.tsx';
import type { ReturnView } from './item-list.tsx';
import classes from './return.module.css';
import { useStoryWords } from './story-words.ts';

/** What happened to a return, the latest first. */
export function Story({ parcel }: { parcel: ReturnView }) {
  const { t } = useTranslation('merchant');
  const { t: r } = useTranslation('records');
  const story = useApi('GET /returns/{id}/story', { id: parcel.id }, { live: ['returns'] });
  const { titleOf, linesOf } = useStoryWords(parcel);
  return (
    <Section title={t('return.story')} query={story}>
      <ol className={classes.story} reversed>
        {story.data?.entries.toReversed().map((entry, index) => (
          <li key={`${entry.at}-${entry.what}-${index}`}>
            <Text fw={600} lh={1.3}>
              {titleOf(entry)}
            </Text>
            {linesOf(entry).map((line) => (
              <Text key={line} fz="sm">
                {line}
              </Text>
            ))}
            <Text fz="sm" c="dimmed">
              <DateTime at={entry.at} /> · {r(`by.${entry.by}`)}
            </Text>
          </li>
        ))}
      </ol>
    </Section>
  );
}
