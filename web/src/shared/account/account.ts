import type { Topic } from '../../../../shared/protocol/live.ts';
import type { Output } from '../../app/api/contract.ts';

export type Account = Output<'GET /merchants/{id}/account'>;

/** What it is made of: it is read again when one of these changes. Recorded stock moves what is expected, too. */
export const ACCOUNT_TOPICS = ['charges', 'invoices', 'storage-snapshots'] as const satisfies readonly Topic[];

type ExpectedSection = Account['expected']['sections'][number];

/** How many charges are in neither sum: without a price, held, or too old for the next run. */
export const apartFrom = ({ unrated, held, tooOld }: Pick<Account, 'unrated' | 'held' | 'tooOld'>): number =>
  unrated + held + tooOld;

/** A section of the month: what is open of it, and what is still to be invoiced when the month ends. */
export interface Outlook {
  section: string;
  openMinor: number;
  expectedMinor: number;
  /** Of this month on invoices already. */
  billedMinor: number;
  method: ExpectedSection['method'];
}

/** Every section that has something open or something to come; what lacks to a minimum is one of its own. */
export function outlooks({ sections, expected }: Pick<Account, 'sections' | 'expected'>): Outlook[] {
  const open = new Map(sections.map(({ section, netMinor }) => [section, netMinor]));
  const forecast = new Map(expected.sections.map((one) => [one.section, one]));
  const names = [...new Set([...forecast.keys(), ...open.keys()])];
  const found = names.map((section): Outlook => {
    const { expectedMinor, billedMinor, method } = forecast.get(section) ?? {
      // what no forecast knows stays as it is
      ...{ expectedMinor: open.get(section) ?? 0, billedMinor: 0, method: 'asIs' as const },
    };
    return { section, openMinor: open.get(section) ?? 0, expectedMinor, billedMinor, method };
  });
  const { minimumMinor } = expected;
  return minimumMinor
    ? [
        ...found,
        { section: 'minimum', openMinor: 0, expectedMinor: minimumMinor, billedMinor: 0, method: 'known' as const },
      ]
    : found;
}
