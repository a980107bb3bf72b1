import { PDFDict, PDFHexString, PDFName, PDFString } from 'pdf-lib';
import type { Finding } from '../e-invoice/index.ts';
import { arrayAt, asDict, dictAt, nameOf, streamAt, type PdfFile } from './pdf-file.ts';

interface Attachment {
  name: string;
  relationship: string | undefined;
  type: string | undefined;
  bytes: Buffer | undefined;
}

/** The files that a PDF says belong to the whole of it. */
export const attachmentsOf = ({ catalog }: PdfFile): Attachment[] =>
  arrayAt(catalog, 'AF').flatMap((entry) => {
    const spec = asDict(entry);
    return spec ? [attachmentOf(spec)] : [];
  });

function attachmentOf(spec: PDFDict): Attachment {
  const name = spec.lookup(PDFName.of('UF'));
  const files = dictAt(spec, 'EF');
  return {
    name: name instanceof PDFString || name instanceof PDFHexString ? name.decodeText() : '',
    relationship: nameOf(spec, 'AFRelationship'),
    type: nameOf(dictAt(files, 'F'), 'Subtype'),
    bytes: streamAt(files, 'F'),
  };
}

/** Whether the e-invoice can be taken out of the file again byte by byte, and is declared as readers look for it. */
export function attachmentFindings(file: PdfFile, name: string, xml: Uint8Array): Finding[] {
  const found = attachmentsOf(file);
  const [attachment] = found;
  const named = arrayAt(dictAt(file.catalog, 'Names', 'EmbeddedFiles'), 'Names');
  const unless = (holds: boolean, message: string) => (holds ? [] : [{ rule: 'attachment', path: name, message }]);
  return [
    ...unless(found.length === 1 && named.length === 2, 'is not the only file'),
    ...unless(attachment?.name === name, 'is not there'),
    ...unless(attachment?.relationship === 'Alternative', 'is no alternative to the document'),
    ...unless(attachment?.type === 'text/xml', 'is not declared as XML'),
    ...unless(attachment?.bytes?.equals(xml) ?? false, 'does not read back as it was written'),
  ];
}
