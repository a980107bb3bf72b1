import { Anchor, Button, Card, Group, Stack, TextInput, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode, type Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../shared/error-state.tsx';
import { ChoiceCards } from '../../shared/questions/choice-cards.tsx';
import { isFinal, type Disposition } from '../../shared/questions/question.ts';
import { QuestionFacts } from '../../shared/questions/question-facts.tsx';
import { useMayDecide } from '../merchants.ts';
import classes from './decide-card.module.css';
import { useDecide, type OpenQuestion } from './use-decide.ts';
import { Notice } from '../../shared/notice.tsx';

export interface DecideCardProps {
  question: OpenQuestion;
  photoSize?: number;
  /** Asks for a remark, too. */
  withRemark?: boolean;
  aside?: ReactNode;
  /** Is put on the name of the goods, so that it can be gone to. */
  headingRef?: Ref<HTMLHeadingElement>;
  onDone?: (outcome: 'done' | 'taken') => void;
}

/** One question with everything to answer it, and the answer. */
export function DecideCard({
  question,
  photoSize = 112,
  withRemark = false,
  aside,
  headingRef,
  onDone,
}: DecideCardProps) {
  const { t } = useTranslation('merchant');
  const { t: r } = useTranslation('records');
  const mayDecide = useMayDecide();
  const decide = useDecide();
  const [chosen, setChosen] = useState<Disposition>();
  const [remark, setRemark] = useState('');
  const [state, setState] = useState<{ busy: boolean; error?: unknown }>({ busy: false });
  const { itemId, returnId, returnNumber, orderNumber } = question;
  const name = question.name || question.sku || r('question.unnamed');
  const confirm = async () => {
    setState({ busy: true });
    try {
      const reason = remark.trim();
      onDone?.(await decide([{ returnId, itemId, disposition: chosen!, ...(reason ? { reason } : {}) }]));
      setState({ busy: false });
    } catch (error) {
      setState({ busy: false, error });
    }
  };
  return (
    <Card component="section" aria-label={name}>
      <Stack gap="md">
        <Group justify="space-between" align="flex-start">
          <Stack gap={2}>
            <Title
              order={2}
              size="h4"
              {...(headingRef ? { ref: headingRef, tabIndex: -1, className: classes.heading! } : {})}
            >
              {name}
            </Title>
            <Anchor component={Link} to={`/merchant/returns/${returnId}`} fz="sm">
              {r('question.return', { number: returnNumber })}
              {orderNumber && ` · ${r('question.order', { number: orderNumber })}`}
            </Anchor>
          </Stack>
          {aside}
        </Group>
        <QuestionFacts question={question} photoSize={photoSize} />
        {mayDecide ? (
          <ChoiceCards
            label={r('question.choose', { name })}
            choices={question.choices}
            value={chosen}
            onChange={setChosen}
            fallback={question.default}
          />
        ) : (
          <Notice tone="quiet">{t('decisions.viewer')}</Notice>
        )}
        {mayDecide && withRemark && (
          <TextInput
            label={r('question.reason')}
            maxLength={200}
            value={remark}
            onChange={({ currentTarget }) => setRemark(currentTarget.value)}
          />
        )}
        {state.error !== undefined && <ErrorState error={state.error} />}
        {chosen && (
          <Group>
            <Button
              loading={state.busy}
              onClick={() => void confirm()}
              {...(isFinal(chosen) ? { color: 'var(--k-bad-fill)', c: '#fff' } : {})}
            >
              {t('decisions.confirm', { choice: r(`choice.${chosen}.label`) })}
            </Button>
            <Button variant="subtle" onClick={() => setChosen(undefined)}>
              {t('decisions.undo')}
            </Button>
          </Group>
        )}
      </Stack>
    </Card>
  );
}
