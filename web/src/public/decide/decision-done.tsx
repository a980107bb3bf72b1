import { Alert, Card, Stack, Text, Title } from '@mantine/core';
import { IconCheck, IconInfoCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Output } from '../../app/api/contract.ts';
import { useFormats } from '../../app/i18n/formats.ts';
import { PageHeader } from '../../shared/page-header.tsx';
import { QuestionFacts } from '../../shared/questions/question-facts.tsx';
import { ToneBadge } from '../../shared/state-badge.tsx';

export interface DecisionDoneProps {
  answer: Output<'GET /decisions/{token}'>;
  /** It was sent a moment ago, from here. */
  justNow?: boolean;
}

/** What was decided, with this link or without it. */
export function DecisionDone({ answer, justNow = false }: DecisionDoneProps) {
  const { t } = useTranslation('public');
  const { t: r } = useTranslation('records');
  const { dateTime } = useFormats();
  const { answeredAt, items, returnNumber } = answer;
  const told = justNow ? 'thanks' : answeredAt === null ? 'over' : 'used';
  return (
    <>
      <PageHeader title={t(`decide.${told}Title`)} lead={r('question.return', { number: returnNumber })} />
      <Alert
        variant="light"
        color={justNow ? 'green' : 'blue'}
        icon={justNow ? <IconCheck aria-hidden /> : <IconInfoCircle aria-hidden />}
        role="status"
        mb="lg"
      >
        <Text>{t(`decide.${told}Text`, { at: answeredAt === null ? '' : dateTime(answeredAt) })}</Text>
      </Alert>
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
