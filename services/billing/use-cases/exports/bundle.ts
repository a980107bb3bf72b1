import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import yazl from 'yazl';
import type { LocalDate } from '../../../../shared/kernel/dates.ts';
import type { ObjectStore } from '../../../../shared/storage/object-store.ts';
import { indexOf, namedFiles } from './bundle-index.ts';
import type { ArchivedFile, IssuedDocument } from '../../domain/exports/issued-document.ts';

const INDEX = 'index.csv';

/**
 * The archived files of documents and an index of them as a ZIP, read from the store one after the other while it is
 * written. The same documents give the same bytes: fixed days, nothing compressed.
 * @returns a stream that fails when a file is missing or is not the one that was archived
 */
export function zipDocuments(store: ObjectStore, documents: readonly IssuedDocument[], day: LocalDate): Readable {
  const zip = new yazl.ZipFile();
  const out = zip.outputStream as Readable;
  let open: Readable | undefined;
  zip.on('error', (error: Error) => void out.destroy(error));
  // a bundle that is given up lets go of the file it was reading
  out.on('close', () => void open?.destroy());
  const named = namedFiles(documents);
  zip.addBuffer(indexOf(named), INDEX, entryOf(day));
  for (const { document, files } of named)
    for (const file of files)
      zip.addReadStreamLazy(file.name, { ...entryOf(document.issueDate), size: file.archived.bytes }, (give) => {
        store.get(file.archived.objectKey).then(
          ({ stream }) => {
            const checked = Readable.from(asArchived(stream, file), { objectMode: false });
            checked.on('error', (error) => void out.destroy(error));
            open = stream;
            give(null, checked);
          },
          (error: unknown) => void out.destroy(error as Error),
        );
      });
  zip.end();
  return out;
}

/** An entry says the same in every zone: the parts of the day, not an instant. */
const entryOf = (day: LocalDate) => ({
  mtime: new Date(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1, Number(day.slice(8)), 12),
  forceDosTimestamp: true,
  mode: 0o100644,
  compress: false,
});

async function* asArchived(
  stream: Readable,
  { name, archived }: { name: string; archived: ArchivedFile },
): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    hash.update(chunk);
    yield chunk;
  }
  if (hash.digest('hex') !== archived.sha256) throw new Error(`${name} is not what was archived`);
}
