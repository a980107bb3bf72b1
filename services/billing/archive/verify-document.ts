import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { hasType } from '../../../shared/kernel/errors.ts';
import type { Proof } from '../../../shared/protocol/billing/archive.ts';
import type { ObjectStore } from '../../../shared/storage/object-store.ts';
import { openPdf } from '../documents/checks/pdf-file.ts';
import { readPages } from '../documents/checks/pdf-text.ts';
import { printFindings } from '../documents/checks/printed.ts';
import { totalsFindings } from '../documents/checks/totals.ts';
import { INVOICE_RENDERER_VERSION, invoiceModel } from '../documents/invoice-model.ts';
import type { InvoiceRenderer } from '../documents/invoice-renderer.ts';
import { documentTask } from '../use-cases/invoices/document-task.ts';
import type { ArchivedFile, ArchivedRow } from './archived-documents.ts';
import { partDifferences } from './part-differences.ts';
import { differenceOf } from './verify-file.ts';

export interface VerifyDeps {
  store: Pick<ObjectStore, 'read'>;
  renderer: Pick<InvoiceRenderer, 'make'>;
  /** The version documents are drawn again with; another one than the code's own in tests. */
  rendererVersion?: number;
}

export interface Verified {
  proof: Proof;
  /** What is not as it was archived; nothing when all is well. */
  differences: string[];
}

/**
 * Proves one archived document: its files are there and are those that were archived, its content is what the rows say,
 * and drawn again it gives the same bytes. Drawn by an earlier version, paper and e-invoice say the values of the content.
 */
export async function verifyDocument(deps: VerifyDeps, row: ArchivedRow): Promise<Verified> {
  const [pdf, xml, model] = await Promise.all([row.pdf, row.xml, row.model].map((file) => readFile(deps, file)));
  const damaged = [pdf!, xml!, model!].flatMap(({ difference }, index) =>
    difference ? [`${['PDF', 'e-invoice', 'content'][index]} ${difference}`] : [],
  );
  if (damaged.length || !row.model) return { proof: 'files', differences: damaged };
  const content = JSON.parse(model!.bytes!.toString()) as Record<string, unknown>;
  const differences = [...rowDifferences(row, content), ...partDifferences(row, content)];
  const files = { pdf: pdf!.bytes!, xml: xml!.bytes!, model: model!.bytes! };
  return row.rendererVersion === (deps.rendererVersion ?? INVOICE_RENDERER_VERSION)
    ? { proof: 'redrawn', differences: [...differences, ...(await redrawnDifferences(deps, content, files))] }
    : { proof: 'values', differences: [...differences, ...(await valueDifferences(content, files))] };
}

interface ReadFile {
  bytes?: Buffer;
  difference?: string;
}

async function readFile({ store }: VerifyDeps, file: ArchivedFile | null): Promise<ReadFile> {
  if (!file) return {};
  try {
    const bytes = await store.read(file.key);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const difference = differenceOf(file, { sha256, bytes: bytes.length });
    return difference === undefined ? { bytes } : { difference };
  } catch (error) {
    if (hasType(error, 'FILE_NOT_FOUND')) return { difference: 'is missing' };
    throw error;
  }
}

/** What the files say and what the rows say must be one thing. */
function rowDifferences({ number, invoice, frozen }: ArchivedRow, content: Record<string, unknown>): string[] {
  const { annex: _, annexOmitted: __, rendererVersion: ___, ...said } = content;
  const { rendererVersion: ____, ...kept } = frozen;
  return [
    ...Object.entries({ number, ...invoice }).flatMap(([field, value]) =>
      content[field] === value ? [] : [`content has ${field} ${String(content[field])}, the row ${value}`],
    ),
    ...Object.keys({ ...said, ...kept }).flatMap((field) =>
      isDeepStrictEqual(said[field], kept[field]) ? [] : [`content has another ${field} than was frozen`],
    ),
  ];
}

type Files = Record<'pdf' | 'xml' | 'model', Buffer>;

async function redrawnDifferences(deps: VerifyDeps, content: Record<string, unknown>, files: Files): Promise<string[]> {
  try {
    const made = await deps.renderer.make(await documentTask(deps.store, content));
    return (['pdf', 'xml', 'model'] as const).flatMap((file) =>
      files[file].equals(made[file]) ? [] : [`made again, the ${file} has other bytes`],
    );
  } catch (error) {
    if (hasType(error, 'BUSY') || hasType(error, 'CHILD_TIMED_OUT')) throw error;
    return [`cannot be made again: ${error instanceof Error ? error.message : String(error)}`];
  }
}

async function valueDifferences(content: Record<string, unknown>, { pdf, xml }: Files): Promise<string[]> {
  const parsed = invoiceModel.safeParse(content);
  if (!parsed.success) return [`content cannot be read: ${parsed.error.issues[0]?.path.join('.')}`];
  try {
    const pages = readPages(await openPdf(pdf));
    const findings = [...printFindings(parsed.data, pages), ...totalsFindings(parsed.data, xml.toString())];
    return findings.map(({ rule, path, message }) => `${rule} ${path}: ${message}`);
  } catch (error) {
    return [`cannot be read: ${error instanceof Error ? error.message : String(error)}`];
  }
}
