import type { MikroORM } from '@mikro-orm/postgresql';
import type { ArchiveReport, ArchiveSelection } from '../../../shared/protocol/billing/archive.ts';
import { archivedDocuments, brokenSeries } from './archived-documents.ts';
import { verifyDocument, type VerifyDeps } from './verify-document.ts';

/** Beyond so many differences something larger is wrong than single documents, and the list would not be read. */
const MOST_DIFFERENCES = 1_000;

/**
 * Proves the archive of documents: every file by its hash, every document by being made again, every series of numbers
 * without a gap. Reads only. A page of documents at a time, as many at once as there are renderers.
 * @param seen  told after every page how many documents were looked at
 */
export async function verifyArchive(
  deps: VerifyDeps & { orm: MikroORM },
  selection: ArchiveSelection,
  seen: (documents: number) => void = () => {},
): Promise<ArchiveReport> {
  const report: ArchiveReport = { proven: { files: 0, values: 0, redrawn: 0 }, bytes: 0, differences: [] };
  const differ = (number: string, difference: string) => {
    if (report.differences.length < MOST_DIFFERENCES) report.differences.push({ number, difference });
  };
  let documents = 0;
  for await (const page of archivedDocuments(deps.orm, selection)) {
    const verified = await Promise.all(page.map((row) => verifyDocument(deps, row)));
    verified.forEach(({ proof, differences }, index) => {
      const { number, pdf, xml } = page[index]!;
      report.proven[proof] += 1;
      report.bytes += (pdf.bytes ?? 0) + (xml?.bytes ?? 0);
      for (const difference of differences) differ(number, difference);
    });
    documents += page.length;
    seen(documents);
  }
  for (const { number, difference } of await brokenSeries(deps.orm)) differ(number, difference);
  return report;
}
