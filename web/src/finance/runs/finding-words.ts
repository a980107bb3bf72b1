import { useTranslation } from 'react-i18next';
import { addDays } from '../../../../shared/kernel/dates.ts';
import { useFormats } from '../../app/i18n/formats.ts';
import { findingKey } from './finding-key.ts';
import type { Finding } from './run.ts';

interface Data {
  count?: number;
  days?: string[];
  /** Warehouses that are silent while others of the merchant tell of the same day. */
  warehouses?: string[];
  returns?: string[];
  jobs?: string[];
  reasons?: string[];
  cutoff?: string;
  cutoffs?: string[];
  grossMinor?: number;
  /** The step that failed, and why. */
  step?: 'draft' | 'approve' | 'finalize';
  code?: string;
  reason?: string;
  medianMinor?: number;
  netMinor?: number;
  previousNetMinor?: number;
  rules?: string[];
  vatId?: string;
  checkedOn?: string;
  country?: string;
  /** What cannot be printed, and the text it stands in. */
  character?: string;
  text?: string;
  /** Of a content, such as `buyer.name`. */
  field?: string;
  remedy?: { de: string; en: string };
}

const MOST_NAMED = 5;

/** What the API leaves open of a finding, as far as it is shown. */
export const dataOf = ({ data }: Finding): Data => (data ?? {}) as Data;

/** A finding as a sentence; one that has no words yet stands there as the API wrote it. */
export function useFindingWords(): (finding: Finding) => string {
  const { t, i18n } = useTranslation(['finance', 'codes']);
  const { day, money } = useFormats();
  const some = (words: readonly string[]) =>
    words.length > MOST_NAMED
      ? t('finding.andMore', { some: words.slice(0, MOST_NAMED).join(', '), count: words.length - MOST_NAMED })
      : words.join(', ');
  const reasonOf = (reason: string) =>
    i18n.exists(`finance:unrated.${reason}`) ? String(t(`unrated.${reason}` as never)) : t('unrated.NO_RULE');
  const reasonOfStep = ({ code, reason = '' }: Data) =>
    code && i18n.exists(`codes:${code}`) ? String(t(`codes:${code}` as never)) : reason;
  return (finding) => {
    const {
      count,
      days,
      warehouses,
      returns,
      jobs,
      reasons,
      cutoff,
      cutoffs,
      grossMinor,
      medianMinor,
      rules,
      ...data
    } = dataOf(finding);
    const number = count ?? days?.length ?? returns?.length ?? jobs?.length ?? cutoffs?.length ?? rules?.length ?? 1;
    const key = `finding.${findingKey(finding)}`;
    if (!i18n.exists(`finance:${key}`) && !i18n.exists(`finance:${key}_one`)) return finding.message;
    const values = {
      count: number,
      days: some(
        spansOf(days ?? []).map(([first, last]) =>
          first === last ? day(first) : t('finding.span', { first: day(first), last: day(last) }),
        ),
      ),
      where: warehouses?.length ? ` (${t('finding.warehouses', { names: some(warehouses) })})` : '',
      returns: some(returns ?? []),
      jobs: some(jobs ?? []),
      reasons: [...new Set((reasons ?? []).map(reasonOf))].join('; '),
      cutoff: day(cutoff ?? '2000-01-01'),
      cutoffs: (cutoffs ?? []).map((one) => day(one)).join(', '),
      gross: money(grossMinor ?? 0),
      usual: money(medianMinor ?? 0),
      credit: money(-(grossMinor ?? 0)),
      net: money(data.netMinor ?? 0),
      previous: money(data.previousNetMinor ?? 0),
      rules: some(rules ?? []),
      vatId: data.vatId ?? '',
      checkedOn: day(data.checkedOn ?? '2000-01-01'),
      country: data.country ?? '',
      character: data.character ?? '',
      text: data.text ?? '',
      field: data.field ?? '',
      step: data.step ? t(`step.name.${data.step}`) : '',
      reason: reasonOfStep(dataOf(finding)),
    };
    return String(t(key as never, values as never));
  };
}

/** Days that follow each other, as first and last. @param days  in order */
function spansOf(days: readonly string[]): [string, string][] {
  const spans: [string, string][] = [];
  for (const one of days) {
    const span = spans.at(-1);
    if (span && addDays(span[1], 1) === one) span[1] = one;
    else spans.push([one, one]);
  }
  return spans;
}
