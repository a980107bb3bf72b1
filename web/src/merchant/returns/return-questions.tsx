import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiList } from '../../app/api/queries.ts';
import { DecideCard } from '../decisions/decide-card.tsx';
import { TakenNotice } from '../decisions/taken-notice.tsx';
import { Section } from '../parts/section.tsx';

export interface ReturnQuestionsProps {
  returnId: string;
  merchantId: string | null;
}

/** What waits for the merchant in this return; nothing when nothing does. */
export function ReturnQuestions({ returnId, merchantId }: ReturnQuestionsProps) {
  const { t } = useTranslation('merchant');
  const [taken, setTaken] = useState(false);
  const list = useApiList(
    'GET /decisions',
    { returnId, ...(merchantId ? { merchantId } : {}) },
    { live: ['returns'], pageSize: 200 },
  );
  if (!list.items.length && !taken) return null;
  return (
    <Section title={t('return.questions')}>
      {taken && <TakenNotice onClose={() => setTaken(false)} />}
      {list.items.map((question) => (
        <DecideCard
          key={question.itemId}
          question={question}
          photoSize={128}
          onDone={(outcome) => setTaken(outcome === 'taken')}
        />
      ))}
    </Section>
  );
}
