import { Text, UnstyledButton } from '@mantine/core';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './grade.module.css';

export const GRADES = ['A', 'B', 'C', 'D'] as const;
export type Grade = (typeof GRADES)[number];

/** A grade as a coloured letter with its meaning; `compact` leaves the meaning to the title and to screen readers. */
export function GradeBadge({ grade, compact = false }: { grade: Grade | null; compact?: boolean }) {
  const { t } = useTranslation();
  if (!grade) return <Text c="dimmed">–</Text>;
  const meaning = t(`grade.${grade}`);
  if (compact)
    return (
      <span
        role="img"
        className={classes.letter}
        data-grade={grade}
        title={meaning}
        aria-label={t('grade.label', { grade, meaning })}
      >
        {grade}
      </span>
    );
  return (
    <span className={classes.badge}>
      <span className={classes.letter} data-grade={grade}>
        {grade}
      </span>
      {meaning}
    </span>
  );
}

export interface GradeButtonsProps {
  value: Grade | null;
  onChange: (grade: Grade) => void;
  disabled?: boolean;
}

/** The four grades as large buttons with meaning, for gloves; the keys A to D work as well. */
export function GradeButtons({ value, onChange, disabled = false }: GradeButtonsProps) {
  const { t } = useTranslation();
  const byKey = ({ key, ctrlKey, metaKey, altKey }: KeyboardEvent) => {
    const grade = GRADES.find((one) => one === key.toUpperCase());
    if (grade && !disabled && !ctrlKey && !metaKey && !altKey) onChange(grade);
  };
  return (
    <div role="group" aria-label={t('grade.choose')} className={classes.buttons} onKeyDown={byKey}>
      {GRADES.map((grade) => (
        <UnstyledButton
          key={grade}
          className={classes.button}
          data-grade={grade}
          aria-pressed={value === grade}
          aria-label={t('grade.label', { grade, meaning: t(`grade.${grade}`) })}
          disabled={disabled}
          onClick={() => onChange(grade)}
        >
          <span className={classes.letter} data-grade={grade}>
            {grade}
          </span>{' '}
          <span>{t(`grade.${grade}`)}</span>
        </UnstyledButton>
      ))}
    </div>
  );
}
