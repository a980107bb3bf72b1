import type { InvoiceModel } from '../../invoice-model.ts';
import { group, leaf, type Part } from './xml.ts';

/** Factur-X 1.0 and ZUGFeRD 2, profile EN 16931. */
export const EN_16931 = 'urn:cen.eu:en16931:2017';
export const XRECHNUNG = 'urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0';
const BILLING_PROCESS = 'urn:fdc:peppol.eu:2017:poacc:billing:01:1.0';

/** XRechnung 3.0 is for who wants a reference of their own on it (BR-DE-15), public buyers first of all. */
export const isXRechnung = ({ buyer }: Pick<InvoiceModel, 'buyer'>): boolean => buyer.buyerReference !== undefined;

/** BT-23 and BT-24. */
export const documentContext = (model: InvoiceModel): Part =>
  group(
    'rsm:ExchangedDocumentContext',
    isXRechnung(model)
      ? group('ram:BusinessProcessSpecifiedDocumentContextParameter', leaf('ram:ID', BILLING_PROCESS))
      : undefined,
    group('ram:GuidelineSpecifiedDocumentContextParameter', leaf('ram:ID', isXRechnung(model) ? XRECHNUNG : EN_16931)),
  );
