import { inflateSync } from 'node:zlib';
import { PDFArray, PDFDict, PDFDocument, PDFName, PDFNumber, PDFRawStream, type PDFObject } from 'pdf-lib';

/** A PDF as it is read back, by a library that has nothing to do with the one that wrote it. */
export interface PdfFile {
  bytes: Uint8Array;
  document: PDFDocument;
  catalog: PDFDict;
}

/** @throws Error when it is no PDF or encrypted */
export async function openPdf(bytes: Uint8Array): Promise<PdfFile> {
  const document = await PDFDocument.load(bytes, { updateMetadata: false });
  return { bytes, document, catalog: document.catalog };
}

export const nameOf = (dict: PDFDict | undefined, key: string): string | undefined => {
  const value = dict?.lookup(PDFName.of(key));
  return value instanceof PDFName ? value.decodeText() : undefined;
};

export const dictAt = (dict: PDFDict | undefined, ...keys: string[]): PDFDict | undefined =>
  keys.reduce<PDFDict | undefined>((at, key) => asDict(at?.lookup(PDFName.of(key))), dict);

export const arrayAt = (dict: PDFDict | undefined, key: string): PDFObject[] => {
  const value = dict?.lookup(PDFName.of(key));
  return value instanceof PDFArray ? Array.from({ length: value.size() }, (_, index) => value.lookup(index)!) : [];
};

export const numberAt = (dict: PDFDict | undefined, key: string): number | undefined => {
  const value = dict?.lookup(PDFName.of(key));
  return value instanceof PDFNumber ? value.asNumber() : undefined;
};

export const asDict = (value: PDFObject | undefined): PDFDict | undefined =>
  value instanceof PDFDict ? value : value instanceof PDFRawStream ? value.dict : undefined;

/** What a stream holds, inflated. */
export function streamAt(dict: PDFDict | undefined, key: string): Buffer | undefined {
  const value = dict?.lookup(PDFName.of(key));
  return value instanceof PDFRawStream ? contentOf(value) : undefined;
}

export const contentOf = (stream: PDFRawStream): Buffer =>
  nameOf(stream.dict, 'Filter') === 'FlateDecode' ? inflateSync(stream.contents) : Buffer.from(stream.contents);
