import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmButton } from '../../shared/confirm-button.tsx';
import { ChoiceCards } from '../../shared/questions/choice-cards.tsx';
import { isFinal, type Disposition } from '../../shared/questions/question.ts';
import { TakenNotice } from '../decisions/taken-notice.tsx';
import { useDecide } from '../decisions/use-decide.ts';
import { useMayDecide } from '../merchants.ts';
import type { Item } from './item-list.tsx';

/** What the merchant may say of goods that lie aside; what nobody graded cannot be sent back. */
const CHOICES: readonly Disposition[] = ['restock', 'restock_b', 'rtv', 'dispose'];

/** Goods that were put aside wait for another decision. */
export function HeldItem({ returnId, item }: { returnId: string; item: Item }) {
  const { t } = useTranslation('merchant');
  const { t: r } = useTranslation('records');
  const decide = useDecide();
  const [chosen, setChosen] = useState<Disposition>();
  const [taken, setTaken] = useState(false);
  if (!useMayDecide()) return null;
  if (taken) return <TakenNotice onClose={() => setTaken(false)} />;
  return (
    <div>
      <ConfirmButton
        label={t('return.decideHeld')}
        question={r('question.choose', { name: item.name || item.sku || r('question.unnamed') })}
        consequence={t('return.heldText')}
        canConfirm={chosen !== undefined}
        danger={chosen !== undefined && isFinal(chosen)}
        onConfirm={async () =>
          setTaken((await decide([{ returnId, itemId: item.id, disposition: chosen! }])) === 'taken')
        }
      >
        <ChoiceCards
          label={r('question.choose', { name: item.name })}
          choices={CHOICES.filter((choice) => choice !== 'rtv' || item.grade !== null)}
          value={chosen}
          onChange={setChosen}
        />
      </ConfirmButton>
    </div>
  );
}
