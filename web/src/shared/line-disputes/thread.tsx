import { Anchor, Group, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Output } from '../../app/api/contract.ts';
import { useFormats } from '../../app/i18n/formats.ts';
import { DateTime } from '../date-time.tsx';
import classes from './thread.module.css';

type Dispute = Output<'GET /line-disputes/{id}'>;
type Side = Dispute['messages'][number]['side'];

export interface ThreadProps {
  dispute: Dispute;
  /** Who reads it. */
  reader: Side;
}

/** What both sides wrote, oldest first, and how it ended. */
export function Thread({ dispute, reader }: ThreadProps) {
  const { t } = useTranslation('disputes');
  const nameOf = (side: Side) =>
    side === reader ? t('thread.you') : side === 'house' ? t('thread.house') : dispute.merchantName;
  return (
    <ol className={classes.list} aria-label={t('thread.title')}>
      {dispute.messages.map(({ id, side, text, at }) => (
        <Entry key={id} who={nameOf(side)} at={at} own={side === reader}>
          <Text className={classes.text}>{text}</Text>
        </Entry>
      ))}
      {dispute.settledAt && <Outcome dispute={dispute} reader={reader} nameOf={nameOf} />}
    </ol>
  );
}

interface OutcomeProps extends ThreadProps {
  nameOf: (side: Side) => string;
}

function Outcome({ dispute, reader, nameOf }: OutcomeProps) {
  const { t } = useTranslation('disputes');
  const { money } = useFormats();
  const { state, answer, creditNote, creditedNetMinor, currency, settledAt } = dispute;
  if (state === 'open' || settledAt === null) return null;
  const side = state === 'withdrawn' ? 'merchant' : 'house';
  const desk = reader === 'house' ? '/finance' : '/merchant';
  return (
    <Entry who={nameOf(side)} at={settledAt} own={side === reader}>
      <Text fw={600}>{t(`thread.outcomes.${state}`, { amount: money(creditedNetMinor ?? 0, currency) })}</Text>
      {answer && <Text className={classes.text}>{answer}</Text>}
      {creditNote && (
        <Anchor component={Link} to={`${desk}/invoices/${creditNote.id}` as never} underline="always" py={6}>
          {t('thread.creditNote', { number: creditNote.number })}
        </Anchor>
      )}
    </Entry>
  );
}

function Entry({ who, at, own, children }: { who: string; at: string; own: boolean; children: ReactNode }) {
  return (
    <li className={classes.entry} data-own={own || undefined}>
      <Group justify="space-between" gap="0 var(--mantine-spacing-xs)" mb={4}>
        <Text fw={600} fz="sm">
          {who}
        </Text>
        <Text fz="sm" c="dimmed" component="span">
          <DateTime at={at} />
        </Text>
      </Group>
      {children}
    </li>
  );
}
