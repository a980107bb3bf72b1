import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Output } from '../../app/api/contract.ts';
import { ConfirmButton } from '../../shared/confirm-button.tsx';
import { isFinal } from '../../shared/questions/question.ts';
import classes from '../public.module.css';
import type { Chosen } from './decision-form.tsx';

export interface SendDecisionProps {
  items: Output<'GET /decisions/{token}'>['items'];
  chosen: Chosen;
  onSend: () => Promise<unknown>;
}

/** The one step of the page, which says first what will become of what. */
export function SendDecision({ items, chosen, onSend }: SendDecisionProps) {
  const { t } = useTranslation('public');
  const { t: r } = useTranslation('records');
  const known = items.filter(({ itemId }) => chosen[itemId]);
  const rest = items.length - known.length;
  return (
    <ConfirmButton
      label={t('decide.send')}
      question={t('decide.sendQuestion')}
      variant="filled"
      size="lg"
      disabled={!known.length}
      danger={known.some(({ itemId }) => isFinal(chosen[itemId]!))}
      onConfirm={onSend}
      consequence={
        <Stack gap="sm">
          <Text>{t('decide.sendWill')}</Text>
          <ul className={classes.summary}>
            {known.map(({ itemId, name, sku }) => (
              <li key={itemId}>
                <span>{name || sku || r('question.unnamed')}</span>
                <Text span fw={600} ta="right" c={isFinal(chosen[itemId]!) ? 'var(--k-bad)' : undefined}>
                  {r(`choice.${chosen[itemId]!}.label`)}
                </Text>
              </li>
            ))}
          </ul>
          {rest > 0 && <Text c="dimmed">{t('decide.sendRest', { count: rest })}</Text>}
        </Stack>
      }
    />
  );
}
