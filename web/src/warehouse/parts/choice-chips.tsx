import { UnstyledButton } from '@mantine/core';
import classes from './choice-chips.module.css';

export interface ChoiceChipsProps<Value extends string> {
  label: string;
  /** Hides the label from the eye when a heading says the same. */
  quiet?: boolean;
  /** On a phone one row that is pushed sideways, so that little of the screen is taken. */
  row?: boolean;
  options: readonly { value: Value; label: string; marked?: boolean }[];
  value: Value | readonly Value[] | undefined;
  onChange: (value: Value) => void;
}

/** A few choices as large buttons that stay in sight. */
export function ChoiceChips<Value extends string>({
  label,
  quiet,
  row,
  options,
  value,
  onChange,
}: ChoiceChipsProps<Value>) {
  const isChosen = (one: Value) => (Array.isArray(value) ? value.includes(one) : value === one);
  return (
    <div role="group" aria-label={label} className={classes.group}>
      {!quiet && (
        <span className={classes.label} aria-hidden>
          {label}
        </span>
      )}
      <div className={classes.chips} data-row={row || undefined}>
        {options.map((option) => (
          <UnstyledButton
            key={option.value}
            className={classes.chip}
            data-marked={option.marked || undefined}
            aria-pressed={isChosen(option.value)}
            onClick={() => onChange(option.value)}
          >
            {option.label}
          </UnstyledButton>
        ))}
      </div>
    </div>
  );
}
