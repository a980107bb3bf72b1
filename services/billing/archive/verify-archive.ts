import type { MikroORM } from '@mikro-orm/postgresql';
import type { ArchiveReport, ArchiveSelection } from '../../../shared/protocol/billing/archive.ts';
import type { ObjectStore } from '../../../shared/storage/object-store.ts';
import { archivedDocuments, brokenSeries } from './archived-documents.ts';
import { archivedFiles, changedLetters } from './archived-files.ts';
import { verifyDocument, type VerifyDeps } from './verify-document.ts';
import { verifyFile } from './verify-file.ts';

/** Beyond so many differences something larger is wrong than single documents, and the list would not be read. */
const MOST_DIFFERENCES = 1_000;

type ArchiveDeps = VerifyDeps & { orm: MikroORM; store: Pick<ObjectStore, 'get'> };
type Differ = (name: string, difference: string) => void;

/**
 * Proves the archive: every file by its hash, dunning letters, collections and exports too, every invoice and correction by
 * being made again, every series of numbers without a gap. Reads only. A page at a time, as many documents at once as
 * there are renderers.
 * @param seen  told after every page how many documents and files were looked at
 */
export async function verifyArchive(
  deps: ArchiveDeps,
  selection: ArchiveSelection,
  seen: (documents: number) => void = () => {},
): Promise<ArchiveReport> {
  const report: ArchiveReport = {
    ...{ proven: { files: 0, values: 0, redrawn: 0 }, files: { dunningLetter: 0, collectionFile: 0, export: 0 } },
    ...{ bytes: 0, differences: [] },
  };
  const differ: Differ = (number, difference) => {
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
  await verifyFiles(deps, selection, { report, differ, seen: (files) => seen(documents + files) });
  for (const { number, difference } of [...(await brokenSeries(deps.orm)), ...(await changedLetters(deps.orm))])
    differ(number, difference);
  return report;
}

/** One after the other: a bundle of a quarter may be large. */
async function verifyFiles(
  { orm, store }: ArchiveDeps,
  selection: ArchiveSelection,
  { report, differ, seen }: { report: ArchiveReport; differ: Differ; seen: (files: number) => void },
): Promise<void> {
  let files = 0;
  for await (const page of archivedFiles(orm, selection)) {
    for (const { kind, name, file } of page) {
      const difference = await verifyFile(store, file);
      report.files[kind] += 1;
      report.bytes += file.bytes ?? 0;
      if (difference !== undefined) differ(name, difference);
    }
    seen((files += page.length));
  }
}
