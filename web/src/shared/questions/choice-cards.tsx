import { Radio, Text } from '@mantine/core';
import { useId } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import classes from './questions.module.css';
import { isFinal, type Disposition } from './question.ts';

export interface ChoiceCardsProps {
  /** Asks; read out with the group. */
  label: string;
  choices: readonly Disposition[];
  value: Disposition | undefined;
  onChange: (chosen: Disposition) => void;
  /** What happens without an answer; marked. */
  fallback?: Disposition;
  disabled?: boolean;
}

/** What can become of goods, each as a large button that says what it does. */
export function ChoiceCards({ label, choices, value, onChange, fallback, disabled = false }: ChoiceCardsProps) {
  const { t } = useTranslation('records');
  const name = useId();
  return (
    <Radio.Group
      name={name}
      value={value ?? null}
      onChange={(chosen) => onChange(chosen as Disposition)}
      aria-label={label}
    >
      <div className={classes.choices}>
        {choices.map((choice) => (
          <Radio.Card key={choice} value={choice} disabled={disabled} className={classes.choice}>
            <Radio.Indicator aria-hidden />
            <span className={classes.words}>
              <Text span fw={600} lh={1.25}>
                {t(`choice.${choice}.label`)}
              </Text>
              {choice === fallback && (
                <Text span fz="sm" c="dimmed" lh={1.25}>
                  {t('question.usual')}
                </Text>
              )}
            </span>
          </Radio.Card>
        ))}
      </div>
      {value && (
        <Text fz="sm" mt="xs" c={isFinal(value) ? 'var(--k-bad)' : 'dimmed'} role="status">
          {t(`choice.${value}.will`)}
        </Text>
      )}
    </Radio.Group>
  );
}
