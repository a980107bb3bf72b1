import type { BillingDeps } from '../../billing.deps.ts';
import { debtorsFile } from '../../datev/debtors-file.ts';
import type { Head } from '../../datev/extf.ts';
import { postingsFile } from '../../datev/postings-file.ts';
import { daysOf } from '../../domain/exports/periods.ts';
import { salesListFile } from '../../domain/exports/sales-list.ts';
import type { MadeExport } from '../../persistence/exports/exports.ts';
import { zipDocuments } from './bundle.ts';
import type { ExportFacts, PlannedExport } from './export-facts.ts';

/** Makes the file of an export and puts it where all files live. */
export async function storeFile(
  deps: BillingDeps,
  id: string,
  facts: ExportFacts,
  plan: PlannedExport,
  onlyNew: boolean,
): Promise<MadeExport['file']> {
  const name = `${facts.period}${onlyNew ? '_neu' : ''}`;
  const csv = async (file: Buffer, filename: string) => ({
    ...(await deps.store.putContent('exports', file, 'csv')),
    filename,
  });
  switch (facts.kind) {
    case 'postings':
      return csv(postingsFile(headOf(deps, facts, 'Rechnungen'), plan.postings), `EXTF_Buchungsstapel_${name}.csv`);
    case 'debtors':
      return csv(debtorsFile(headOf(deps, facts, 'Debitoren'), plan.debtors), `EXTF_Debitoren_${name}.csv`);
    case 'ecSales':
      return csv(salesListFile(plan.sales, plan.reported).file, `ZM_${name}.csv`);
    case 'bundle': {
      const documents = plan.entries.map(({ document }) => document);
      const stored = await deps.store.put(
        `exports/${id}.zip`,
        zipDocuments(deps.store, documents, daysOf(facts.period).to),
      );
      return { ...stored, filename: `Rechnungen_${name}.zip` };
    }
  }
}

const headOf = (deps: BillingDeps, { settings, period }: ExportFacts, title: string): Omit<Head, 'category'> => ({
  settings: settings!,
  madeAt: localStamp(deps.now(), deps.config.KONTOR_ZONE),
  ...daysOf(period),
  title: `${title} ${period.slice(5)}/${period.slice(0, 4)}`,
});

/** `YYYYMMDDHHMMSSmmm` on the clock of the zone. */
function localStamp(now: Date, timeZone: string): string {
  const local = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(now);
  return `${local.replaceAll(/\D/g, '')}${String(now.getUTCMilliseconds()).padStart(3, '0')}`;
}
