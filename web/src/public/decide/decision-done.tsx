import { Card, Stack, Title } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Output } from '../../app/api/contract.ts';
import { HOUSE_ZONE } from '../../app/i18n/formats.ts';
import { Notice } from '../../shared/notice.tsx';
import { PageHeader } from '../../shared/page-header.tsx';
import { houseMoment } from '../../shared/questions/house-moment.ts';
import { QuestionFacts } from '../../shared/questions/question-facts.tsx';
import { ToneBadge } from '../../shared/state-badge.tsx';
import classes from '../public.module.css';

export interface DecisionDoneProps {
  answer: Output<'GET /decisions/{token}'>;
  /** It was sent a moment ago, from here. */
  justNow?: boolean;
}

/** What was decided, with this link or without it. */
export function DecisionDone({ answer, justNow = false }: DecisionDoneProps) {
  const { t, i18n } = useTranslation('public');
  const { t: r } = useTranslation('records');
  const { answeredAt, items, returnNumber } = answer;
  // whoever sent from the end of a long list reads from the top
  useEffect(() => window.scrollTo({ top: 0 }), []);
  const told = justNow ? 'thanks' : answeredAt === null ? 'over' : 'used';
  return (
    <>
      <PageHeader title={t(`decide.${told}Title`)} lead={r('question.return', { number: returnNumber })} />
      <div className={classes.notice}>
        <Notice role="status" tone={justNow ? 'good' : 'info'}>
          {t(`decide.${told}Text`, {
            at: answeredAt === null ? '' : houseMoment(answeredAt, HOUSE_ZONE, i18n.language === 'en' ? 'en' : 'de'),
          })}
        </Notice>
      </div>
      <Stack gap="md">
        {items.map((item) => (
          <Card key={item.itemId} component="section">
            <Stack gap="sm">
              <Title order={2} size="h4">
                {item.name || item.sku || r('question.unnamed')}
              </Title>
              <div>
                {item.disposition === null ? (
                  <ToneBadge tone="warn" label={t('decide.stillOpen')} />
                ) : (
                  <ToneBadge
                    tone="good"
                    label={t('decide.decided', { choice: r(`choice.${item.disposition}.label`) })}
                  />
                )}
              </div>
              <QuestionFacts question={item} photoSize={80} answered={!item.open} />
            </Stack>
          </Card>
        ))}
      </Stack>
    </>
  );
}
