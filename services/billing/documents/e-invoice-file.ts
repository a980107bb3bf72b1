import type { SheetOptions } from '../../../shared/documents/sheet.ts';
import type { InvoiceModel } from './invoice-model.ts';

/** Name and profile by which a reader finds the e-invoice in the PDF (Factur-X 1.0, ZUGFeRD 2). */
export const eInvoiceFile = ({ buyer }: Pick<InvoiceModel, 'buyer'>) =>
  buyer.buyerReference
    ? ({ name: 'xrechnung.xml', profile: 'XRECHNUNG' } as const)
    : ({ name: 'factur-x.xml', profile: 'EN 16931' } as const);

/** What makes a PDF/A-3 the carrier of an e-invoice: the attached file and the XMP that tells of it. */
export function eInvoiceParts(
  model: InvoiceModel,
  title: string,
  xml: string,
): Pick<SheetOptions, 'attachment' | 'xmp'> {
  const { name, profile } = eInvoiceFile(model);
  return {
    attachment: { name, type: 'text/xml', description: `${title}, EN 16931`, bytes: Buffer.from(xml) },
    xmp: facturXmp(name, profile),
  };
}

const PROPERTIES = [
  ['DocumentFileName', 'Name of the attached e-invoice'],
  ['DocumentType', 'Kind of document the attached file is'],
  ['Version', 'Version of the format of the attached file'],
  ['ConformanceLevel', 'Profile of the attached file'],
] as const;

const NAMESPACE = 'urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#';

/** PDF/A wants the properties described in the file itself (ISO 19005-3, 6.6.2.3). */
const facturXmp = (fileName: string, profile: string): string => `
        <rdf:Description rdf:about="" xmlns:fx="${NAMESPACE}">
            <fx:DocumentType>INVOICE</fx:DocumentType>
            <fx:DocumentFileName>${fileName}</fx:DocumentFileName>
            <fx:Version>1.0</fx:Version>
            <fx:ConformanceLevel>${profile}</fx:ConformanceLevel>
        </rdf:Description>
        <rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
            xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
            <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
                <pdfaSchema:schema>Factur-X PDFA Extension Schema</pdfaSchema:schema>
                <pdfaSchema:namespaceURI>${NAMESPACE}</pdfaSchema:namespaceURI>
                <pdfaSchema:prefix>fx</pdfaSchema:prefix>
                <pdfaSchema:property><rdf:Seq>${PROPERTIES.map(([name, description]) => property(name, description)).join('')}
                </rdf:Seq></pdfaSchema:property>
            </rdf:li></rdf:Bag></pdfaExtension:schemas>
        </rdf:Description>`;

const property = (name: string, description: string): string => `
                    <rdf:li rdf:parseType="Resource">
                        <pdfaProperty:name>${name}</pdfaProperty:name>
                        <pdfaProperty:valueType>Text</pdfaProperty:valueType>
                        <pdfaProperty:category>external</pdfaProperty:category>
                        <pdfaProperty:description>${description}</pdfaProperty:description>
                    </rdf:li>`;
