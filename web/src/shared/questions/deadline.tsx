import { Group, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { HOUSE_ZONE } from '../../app/i18n/formats.ts';
import { ToneBadge } from '../state-badge.tsx';
import { houseMoment } from './house-moment.ts';
import { timeLeft, type Disposition } from './question.ts';

export interface DeadlineProps {
  dueAt: string;
  /** What happens without an answer. */
  fallback?: Disposition;
}

/** Until when to answer, counted down in words, and what happens without an answer. */
export function Deadline({ dueAt, fallback }: DeadlineProps) {
  const { t, i18n } = useTranslation('records');
  const at = houseMoment(dueAt, HOUSE_ZONE, i18n.language === 'en' ? 'en' : 'de');
  const { unit, count, tone } = timeLeft(dueAt, useMinute());
  return (
    <Group gap="xs" align="center">
      <ToneBadge tone={tone} label={unit === 'over' ? t('due.over') : t(`due.${unit}`, { count })} />
      <Text fz="sm" c="dimmed" component="div">
        <time dateTime={dueAt}>{t('due.until', { at })}</time>
        {fallback && <> · {t('due.then', { choice: t(`choice.${fallback}.label`) })}</>}
      </Text>
    </Group>
  );
}

/** Now, again every minute. */
function useMinute(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 60_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
