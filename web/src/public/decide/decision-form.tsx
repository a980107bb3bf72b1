import { Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Output } from '../../app/api/contract.ts';
import { publicApi } from '../../app/api/client.ts';
import { hasCode } from '../../app/api/errors.ts';
import { Notice } from '../../shared/notice.tsx';
import { PageHeader } from '../../shared/page-header.tsx';
import { ChoiceCards } from '../../shared/questions/choice-cards.tsx';
import { QuestionFacts } from '../../shared/questions/question-facts.tsx';
import type { Disposition } from '../../shared/questions/question.ts';
import classes from '../public.module.css';
import { DecisionDone } from './decision-done.tsx';
import { SendDecision } from './send-decision.tsx';

type Asked = Output<'GET /decisions/{token}'>;
export type Chosen = Readonly<Record<string, Disposition>>;

/** The questions of a link, answered together and once. */
export function DecisionForm({ token, asked }: { token: string; asked: Asked }) {
  const { t } = useTranslation('public');
  const client = useQueryClient();
  const [chosen, setChosen] = useState<Chosen>({});
  const [answer, setAnswer] = useState<Asked>();
  const [changed, setChanged] = useState<'changed' | 'used'>();
  const open = asked.items.filter((item) => item.open);
  const known = open.filter(({ itemId }) => chosen[itemId]);
  const key = ['public', 'GET /decisions/{token}', token];
  const send = async () => {
    const decisions = known.map(({ itemId }) => ({ itemId, disposition: chosen[itemId]! }));
    try {
      setAnswer(await publicApi('POST /decisions/{token}', { token, decisions }));
    } catch (error) {
      if (!hasCode(error, 'ITEM_NOT_TO_DECIDE', 'RETURN_STATE_NOT_ALLOWED', 'DECISION_LINK_USED')) throw error;
      setChanged(error.code === 'DECISION_LINK_USED' ? 'used' : 'changed');
      setChosen({});
      await client.invalidateQueries({ queryKey: key });
    }
  };
  if (answer) return <DecisionDone answer={answer} justNow />;
  return (
    <>
      <Head asked={asked} count={open.length} />
      {changed && (
        <div className={classes.notice}>
          <Notice role="alert" tone="warn" title={t('decide.changedTitle')}>
            {t(changed === 'used' ? 'decide.usedMeanwhile' : 'decide.changedText')}
          </Notice>
        </div>
      )}
      <Stack gap="md">
        {open.map((item, index) => (
          <AskedItem
            key={item.itemId}
            item={item}
            value={chosen[item.itemId]}
            onChange={(disposition) => setChosen({ ...chosen, [item.itemId]: disposition })}
            {...(index === 0 && open.length > 1 && chosen[item.itemId]
              ? { onForAll: () => setChosen({ ...chosen, ...forAll(open, chosen[item.itemId]!) }) }
              : {})}
          />
        ))}
      </Stack>
      <div className={classes.bar}>
        <Text role="status" className="tabular">
          {t('decide.chosen', { chosen: known.length, count: open.length })}
        </Text>
        <SendDecision items={open} chosen={chosen} onSend={send} />
      </div>
    </>
  );
}

function Head({ asked, count }: { asked: Asked; count: number }) {
  const { t } = useTranslation('public');
  const { t: r } = useTranslation('records');
  const { returnNumber, orderNumber, merchantName } = asked;
  return (
    <>
      <PageHeader
        title={t('decide.title', { number: returnNumber })}
        lead={[
          t('decide.forMerchant', { merchant: merchantName }),
          orderNumber && r('question.order', { number: orderNumber }),
        ]
          .filter(Boolean)
          .join(' · ')}
      />
      <Text mb="xs">{t('decide.lead', { count })}</Text>
      <Text mb="lg" c="dimmed" fz="sm">
        {t('decide.once')}
      </Text>
    </>
  );
}

interface AskedItemProps {
  item: Asked['items'][number];
  value: Disposition | undefined;
  onChange: (chosen: Disposition) => void;
  onForAll?: () => void;
}

function AskedItem({ item, value, onChange, onForAll }: AskedItemProps) {
  const { t } = useTranslation('public');
  const { t: r } = useTranslation('records');
  const name = item.name || item.sku || r('question.unnamed');
  return (
    <Card component="section" aria-label={name}>
      <Stack gap="md">
        <Title order={2} size="h4">
          {name}
        </Title>
        <QuestionFacts question={item} photoSize={128} />
        <ChoiceCards
          label={r('question.choose', { name })}
          choices={item.choices}
          value={value}
          onChange={onChange}
          fallback={item.default}
        />
        {onForAll && (
          <Group>
            <Button variant="subtle" onClick={onForAll}>
              {t('decide.forAll')}
            </Button>
          </Group>
        )}
      </Stack>
    </Card>
  );
}

/** The same for every item that may become that; the others stay as they are. */
const forAll = (items: Asked['items'], disposition: Disposition): Chosen =>
  Object.fromEntries(
    items.filter(({ choices }) => choices.includes(disposition)).map(({ itemId }) => [itemId, disposition]),
  );
