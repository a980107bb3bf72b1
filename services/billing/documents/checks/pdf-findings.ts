import { PDFDict, PDFName, PDFNull, PDFRawStream } from 'pdf-lib';
import type { Finding } from '../e-invoice/index.ts';
import { arrayAt, asDict, dictAt, nameOf, numberAt, streamAt, type PdfFile } from './pdf-file.ts';
import type { PageContent } from './pdf-text.ts';

/**
 * Where a file is not the PDF/A-3a with an e-invoice that it should be (ISO 19005-3; e-invoice.md). It is no whole
 * validator: it asks for what a change of the drawing or of its library could break.
 */
export function pdfFindings(file: PdfFile, pages: readonly PageContent[]): Finding[] {
  return [...fileFindings(file), ...metadataFindings(file), ...structureFindings(file, pages), ...objectFindings(file)];
}

const unless = (holds: boolean, path: string, message: string): Finding[] =>
  holds ? [] : [{ rule: 'PDF/A-3a', path, message }];

function fileFindings({ bytes, document, catalog }: PdfFile): Finding[] {
  const { ID, Encrypt } = document.context.trailerInfo;
  const intents = arrayAt(catalog, 'OutputIntents').map(asDict);
  return [
    ...unless(Buffer.from(bytes.subarray(0, 9)).toString('latin1') === '%PDF-1.7\n', 'header', 'is not PDF 1.7'),
    ...unless(ID !== undefined, 'trailer', 'has no ID'),
    ...unless(Encrypt === undefined, 'trailer', 'is encrypted'),
    ...unless(
      intents.some(
        (intent) => nameOf(intent, 'S') === 'GTS_PDFA1' && dictAt(intent, 'DestOutputProfile') !== undefined,
      ),
      'OutputIntents',
      'say nothing of the colours',
    ),
    ...['OpenAction', 'AA', 'AcroForm'].flatMap((key) =>
      unless(!catalog.has(PDFName.of(key)), key, 'must not be there'),
    ),
    ...unless(dictAt(catalog, 'Names', 'JavaScript') === undefined, 'JavaScript', 'must not be there'),
    ...unless(document.getPageCount() > 0, 'Pages', 'has none'),
  ];
}

const NEEDED_METADATA = [
  ...['<pdfaid:part>3</pdfaid:part>', '<pdfaid:conformance>A</pdfaid:conformance>'],
  ...[
    '<fx:DocumentType>INVOICE</fx:DocumentType>',
    '<fx:ConformanceLevel>',
    '<pdfaSchema:prefix>fx</pdfaSchema:prefix>',
  ],
];

function metadataFindings({ catalog }: PdfFile): Finding[] {
  const xmp = streamAt(catalog, 'Metadata')?.toString('utf8') ?? '';
  return NEEDED_METADATA.flatMap((part) => unless(xmp.includes(part), 'Metadata', `lacks ${part}`));
}

/** Tagged: every piece of content belongs to an element or is an artifact, and every page knows its elements. */
function structureFindings({ document, catalog }: PdfFile, contents: readonly PageContent[]): Finding[] {
  const root = dictAt(catalog, 'StructTreeRoot');
  const elementsOf = parentTree(root);
  return [
    ...unless(
      dictAt(catalog, 'MarkInfo')?.lookup(PDFName.of('Marked'))?.toString() === 'true',
      'MarkInfo',
      'is not set',
    ),
    ...unless(root?.has(PDFName.of('K')) ?? false, 'StructTreeRoot', 'is empty'),
    ...unless(catalog.has(PDFName.of('Lang')), 'Lang', 'is not set'),
    ...document.getPages().flatMap(({ node }, index) => {
      const { marks = 0, unmarked = 0 } = contents[index] ?? {};
      const elements = elementsOf.get(numberAt(node, 'StructParents') ?? -1) ?? [];
      const whole = elements.length === marks && elements.every((element) => element instanceof PDFDict);
      return [
        ...unless(unmarked === 0, `page ${index + 1}`, 'has content that is not marked'),
        ...unless(whole, `page ${index + 1}`, 'has content that belongs to no element'),
      ];
    }),
  ];
}

function parentTree(root: PDFDict | undefined): Map<number, unknown[]> {
  const entries = arrayAt(dictAt(root, 'ParentTree'), 'Nums');
  const byKey = new Map<number, unknown[]>();
  for (let at = 0; at + 1 < entries.length; at += 2) {
    const elements = entries[at + 1] as { size?(): number; lookup?(index: number): unknown };
    const size = elements.size?.() ?? 0;
    byKey.set(
      Number(entries[at]!.toString()),
      Array.from({ length: size }, (_, index) => elements.lookup!(index)),
    );
  }
  return byKey;
}

// names are looked up by the hundred thousand, so each is made once
const ACTIVE = ['JS', 'JavaScript', 'AA', 'OpenAction', 'URI', 'Launch', 'Annots'].map((key) => PDFName.of(key));
const TYPES = { font: 'Font', descriptor: 'FontDescriptor', annotation: 'Annot', action: 'Action' };

/** Nothing active anywhere, and every font with its letters and what they mean. */
function objectFindings({ document }: PdfFile): Finding[] {
  return document.context.enumerateIndirectObjects().flatMap(([ref, object]) => {
    const dict = object instanceof PDFRawStream ? object.dict : object;
    if (!(dict instanceof PDFDict)) return [];
    const type = nameOf(dict, 'Type');
    const path = `object ${ref.objectNumber}`;
    return [
      ...ACTIVE.flatMap((key) => (isAbsent(dict, key) ? [] : unless(false, path, `has ${key.decodeText()}`))),
      ...unless(type !== TYPES.annotation && type !== TYPES.action, path, `is an ${type}`),
      ...(type === TYPES.font ? fontFindings(dict, path) : []),
      ...(type === TYPES.descriptor
        ? unless(dict.has(PDFName.of('FontFile2')) || dict.has(PDFName.of('FontFile3')), path, 'is a font not embedded')
        : []),
    ];
  });
}

const isAbsent = (dict: PDFDict, key: PDFName): boolean => {
  const value = dict.get(key);
  return value === undefined || value === PDFNull || arrayAt(dict, key.decodeText()).length === 0;
};

const fontFindings = (font: PDFDict, path: string): Finding[] =>
  nameOf(font, 'Subtype') === 'Type0'
    ? unless(font.has(PDFName.of('ToUnicode')), path, 'is a font whose letters mean nothing')
    : unless(font.has(PDFName.of('FontDescriptor')), path, 'is a font that is not embedded');
