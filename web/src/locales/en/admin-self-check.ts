import type { TextsLike } from '../../app/i18n/texts.ts';
import type { adminSelfCheck as german } from '../de/admin-self-check.ts';

export const adminSelfCheck: TextsLike<typeof german> = {
  selfCheck: {
    title: 'Self-check',
    lead: 'Every minute the database is checked to prove that nothing is unbilled, billed twice, lost or inconsistent.',
    start: 'Check now',
    running: 'Check is running',
    last: 'Last checked',
    neverTitle: 'Not checked yet',
    neverText: 'The first check begins by itself within a minute.',
    keptTitle: 'All in order',
    keptText: 'All {{count}} rules are kept.',
    violatedTitle_one: 'One rule is violated',
    violatedTitle_other: '{{count}} rules are violated',
    violatedText: 'Each one says below what it means and what to do.',
    unknownTitle_one: 'One rule could not be checked',
    unknownTitle_other: '{{count}} rules could not be checked',
    unknownText: 'A part of the system did not answer. The next check asks again.',
    state: { kept: 'Kept', violated: 'Violated', unknown: 'Not checked', impossible: 'Impossible' },
    section: {
      violated: 'Violated',
      unknown: 'Not checked',
      kept: 'Kept',
      impossible: 'Ruled out by the database',
    },
    meaning: 'Meaning',
    remedy: 'What to do',
    since: 'Violated since',
    rows_one: 'One row',
    rows_other: '{{count}} rows',
    shown: 'The first {{count}} are shown.',
    row: 'ID',
    detail: 'Details',
    by: 'By {{by}}',
  },
};
