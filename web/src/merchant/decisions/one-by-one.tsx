import { ActionIcon, Group, Text } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DecideCard } from './decide-card.tsx';
import { placeIn } from './question-place.ts';
import type { OpenQuestion } from './use-decide.ts';

export interface OneByOneProps {
  questions: readonly OpenQuestion[];
  onDone: (outcome: 'done' | 'taken') => void;
}

/** One question after the other, with large photos; the arrow keys go through them. What is answered makes way for the next. */
export function OneByOne({ questions, onDone }: OneByOneProps) {
  const { t } = useTranslation('merchant');
  const [at, setAt] = useState({ index: 0, itemId: questions[0]!.itemId });
  const count = questions.length;
  const place = placeIn(questions, at);
  const { index } = place;
  // remembered at once: the list may change once more
  if (index !== at.index || place.itemId !== at.itemId) setAt(place);
  const question = questions[index]!;
  const go = (step: number) => {
    const next = (index + step + count) % count;
    setAt({ index: next, itemId: questions[next]!.itemId });
  };
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = useRef(question.itemId);
  // the next question begins at its name, not where the last one was answered
  useEffect(() => {
    if (shown.current === question.itemId) return;
    shown.current = question.itemId;
    heading.current?.focus({ preventScroll: true });
    heading.current?.scrollIntoView({ block: 'start' });
  }, [question.itemId]);
  useHotkeys([
    ['ArrowLeft', () => go(-1)],
    ['ArrowRight', () => go(1)],
  ]);
  return (
    <DecideCard
      key={question.itemId}
      question={question}
      photoSize={200}
      withRemark
      headingRef={heading}
      onDone={onDone}
      aside={
        count > 1 && (
          <Group gap={4} wrap="nowrap">
            <ActionIcon variant="default" aria-label={t('decisions.previous')} onClick={() => go(-1)}>
              <IconChevronLeft size={22} aria-hidden />
            </ActionIcon>
            <Text className="tabular" px="xs" role="status">
              {t('decisions.place', { place: index + 1, count })}
            </Text>
            <ActionIcon variant="default" aria-label={t('decisions.next')} onClick={() => go(1)}>
              <IconChevronRight size={22} aria-hidden />
            </ActionIcon>
          </Group>
        )
      }
    />
  );
}
