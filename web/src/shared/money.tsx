import { useFormats } from '../app/i18n/formats.ts';

/** An amount of minor units in the reader's way of writing, in tabular figures. */
export function Money({ minor, currency = 'EUR' }: { minor: number | null | undefined; currency?: string }) {
  const { money } = useFormats();
  return <span className="tabular">{minor === null || minor === undefined ? '–' : money(minor, currency)}</span>;
}
