import { Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { GradeBadge } from '../grade.tsx';
import { PhotoGrid } from '../photo-grid.tsx';
import { Deadline } from './deadline.tsx';
import type { Question } from './question.ts';
import classes from './questions.module.css';

export interface QuestionFactsProps {
  question: Question;
  /** Side of a photo in pixels. */
  photoSize?: number;
  /** Leaves the deadline out, for what is decided. */
  answered?: boolean;
}

/** What the warehouse found: photos, grade, reason, finding and the deadline. */
export function QuestionFacts({ question, photoSize = 112, answered = false }: QuestionFactsProps) {
  const { t, i18n } = useTranslation('records');
  const { grade, reasonText, note, photos, dueAt, quantity, sku } = question;
  const reason = reasonText?.[i18n.language === 'en' ? 'en' : 'de'];
  return (
    <Stack gap="sm">
      <PhotoGrid size={photoSize} photos={photos.map(({ id, links }) => ({ id, urls: links }))} />
      <Text c="dimmed" fz="sm">
        {[t('question.pieces', { count: quantity }), sku && t('question.sku', { sku }), reason]
          .filter(Boolean)
          .join(' · ')}
      </Text>
      <Group gap="sm">{grade && <GradeBadge grade={grade} />}</Group>
      <Text className={classes.finding} component="div">
        {note || <Text c="dimmed">{t('question.noFinding')}</Text>}
      </Text>
      {!answered && <Deadline dueAt={dueAt} fallback={question.default} />}
    </Stack>
  );
}
