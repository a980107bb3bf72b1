import { TextInput, type TextInputProps } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../app/i18n/formats.ts';
import { readingsOf, writtenDecimal } from './read-decimal.ts';
import { decimalOf, isUnreadable, minorOf, readFigure, type FigureRange, type Typed } from './typed-figure.ts';

export interface FigureInputProps extends Omit<TextInputProps, 'value' | 'onChange' | 'min' | 'max'>, FigureRange {
  /** Decimal text as the API has it. */
  value: Typed<string>;
  /** Is told what cannot be read, too, as something that cannot be sent. */
  onChange: (value: Typed<string>) => void;
  /** A bound as the reader writes it; a plain number without. */
  bound?: (bound: number) => string;
}

/** A figure with the comma of the reader, which stays as it was typed and says what is wrong with it. */
export function FigureInput({ value, onChange, min, max, places, bound, error, ...input }: FigureInputProps) {
  const { t } = useTranslation('records');
  const { language } = useTranslation().i18n;
  const { number } = useFormats();
  const range = { places, ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
  const read = (text: string) => readFigure(text, language, range);
  const [text, setText] = useState(() => (isUnreadable(value) ? '' : writtenDecimal(value, language)));
  const shown = isUnreadable(value)
    ? value.unreadable
    : same(read(text).value, value)
      ? text
      : written(value, language);
  const { fault } = read(shown);
  const said = bound ?? number;
  const values = { ...readingsOf(shown, language), places, min: said(min ?? 0), max: said(max ?? 0) };
  return (
    <TextInput
      inputMode="decimal"
      {...input}
      value={shown}
      error={fault ? t(`decimalFault.${fault}`, values) : error}
      data-out-of-range={fault ? true : undefined}
      onChange={({ currentTarget }) => {
        const next = read(currentTarget.value);
        setText(currentTarget.value);
        onChange(next.fault ? { unreadable: currentTarget.value } : next.value);
      }}
    />
  );
}

const written = (value: string | undefined, language: string) => writtenDecimal(value, language);
/** "12," and "12" are the same figure, and what is being typed stays. */
const same = (one: string | undefined, other: string | undefined): boolean =>
  one === undefined || other === undefined ? one === other : Number(one) === Number(other);

export interface MoneyInputProps extends Omit<TextInputProps, 'value' | 'onChange'> {
  /** Minor units, more than nothing. */
  value: Typed<number>;
  onChange: (value: Typed<number>) => void;
  currency?: string;
  maxMinor?: number;
}

/** As much as the API takes at once. */
const MOST_MINOR = 100_000_000_000;

/** An amount of money; what is none is told as something that cannot be sent, so that nobody takes it for nothing. */
export function MoneyInput({ value, onChange, currency = 'EUR', maxMinor = MOST_MINOR, ...input }: MoneyInputProps) {
  const { money } = useFormats();
  return (
    <FigureInput
      rightSection={currency === 'EUR' ? '€' : currency}
      {...input}
      places={2}
      min={0.01}
      max={maxMinor / 100}
      bound={(major) => money(Math.round(major * 100), currency)}
      value={typeof value === 'number' ? decimalOf(value) : value}
      onChange={(typed) => onChange(typeof typed === 'string' ? minorOf(typed) : typed)}
    />
  );
}
