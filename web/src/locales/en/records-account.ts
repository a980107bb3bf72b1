import type { TextsLike } from '../../app/i18n/texts.ts';
import type { recordsAccount as german } from '../de/records-account.ts';

/** The running account: what is open by now, and what the month is expected to come to. */
export const recordsAccount: TextsLike<typeof german> = {
  total: 'This month',
  soFar: 'So far',
  expected: 'Expected by {{day}}',
  net: 'Net, without VAT.',
  progress_one: 'Day {{elapsed}} of {{count}} under contract.',
  progress_other: 'Day {{elapsed}} of {{count}} under contract.',
  bySection: 'By section, so far → expected',
  how: 'How it is projected:',
  methods: {
    elapsedDays: 'Projected: {{recorded}} of {{days}} days are recorded.',
    linear: 'Projected: {{elapsed}} of {{days}} days have passed.',
    tooEarly: 'Too early to project.',
    known: 'Known for the whole month.',
    lastStock: 'With the stock last recorded up to the end of the month, {{recorded}} of {{days}} days are recorded.',
    asIs: 'As incurred, not projected.',
  },
  billed: '{{amount}} of this month is billed already.',
  minimum: 'Top-up to the minimum',
  minimumHint: 'By how much everything expected falls short of the agreed minimum.',
  unrated_one: '{{count}} charge has no price yet and is not included.',
  unrated_other: '{{count}} charges have no price yet and are not included.',
  held_one: '{{count}} charge is held and not included.',
  held_other: '{{count}} charges are held and not included.',
  tooOld_one: '{{count}} charge is more than 90 days old and not included. The next run will hold it.',
  tooOld_other: '{{count}} charges are more than 90 days old and not included. The next run will hold them.',
  emptyTitle: 'Nothing yet',
  emptyText: 'There are no charges since the last invoice.',
};
