import { readFileSync } from 'node:fs';
import { uuidv7 } from '../../shared/kernel/ids.ts';
import type { ActionDefinition } from '../../shared/protocol/define.ts';
import { ALL_ACTIONS } from '../../shared/protocol/index.ts';
import { noise } from './hostile-images.ts';
import { pathIn, type MerchantWorld } from './merchant-world.ts';
import { formEnd, formPart } from './multipart.ts';

/** A route that takes a file, with a request that it accepts; the same one again adds nothing. */
export interface UploadRoute {
  method: string;
  path: string;
  takes: 'picture' | 'label' | 'csv' | 'statement';
  maxBytes: number;
  fields: Record<string, string>;
  file: Buffer;
  filename: string;
}

type Sample = Pick<UploadRoute, 'takes' | 'fields' | 'file' | 'filename'>;

export const UPLOADS: readonly ActionDefinition[] = ALL_ACTIONS.filter(({ upload }) => upload);
export const UPLOAD_TITLES = UPLOADS.map(({ rest }) => rest!);

/**
 * Every route of the product that takes a file, by its title.
 * @param number  of the merchant
 * @throws Error for a route of which nobody has said yet what it takes
 */
export async function uploadRoutes(world: MerchantWorld, number: string): Promise<Map<string, UploadRoute>> {
  const samples = samplesFor(world, number, await noise(320, 240).jpeg().toBuffer());
  return new Map(
    UPLOADS.map(({ name, rest, upload }) => {
      const [method = '', path = ''] = rest!.split(' ');
      const sample = samples[name];
      if (!sample) throw new Error(`${name} takes a file: say in test/support/upload-routes.ts which one`);
      return [rest!, { method, path: pathIn(world, path), maxBytes: upload!.maxBytes, ...sample }];
    }),
  );
}

function samplesFor({ merchantId }: MerchantWorld, number: string, jpeg: Buffer): Record<string, Sample> {
  const picture = { takes: 'picture', fields: {}, file: jpeg, filename: 'a.jpg' } as const;
  const csv = (fields: Record<string, string>, ...lines: string[]): Sample => ({
    ...{ takes: 'csv', fields, filename: 'a.csv' },
    file: Buffer.from(`${lines.join('\n')}\n`),
  });
  return {
    'returns.addPhoto': { ...picture, fields: { clientPhotoId: 'valid' } },
    'returns.addCarrierLabel': { ...picture, takes: 'label' },
    'orders.setArticlePicture': picture,
    'billing.setIssuerLogo': picture,
    'orders.addJobPhoto': { ...picture, fields: { moment: 'after', clientPhotoId: 'valid' } },
    'returns.importAnnouncements': csv({ merchantId }, 'rma,name,quantity', `${number}-RMA-9,Vase,1`),
    'sync.createImport': csv(
      { id: '019a1b00-0000-7000-8000-000000000001', profile: 'online-retail' },
      'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country',
      '900001,A1,Vase,2,2026-10-30 10:00:00,1.5,1,Germany',
    ),
    'orders.importGoodsIn': csv(
      { merchantId },
      'reference,expected on,sku,name,quantity',
      `${number}-DELIVERY-1,2026-11-30,SKU-1,Vase,12`,
    ),
    'orders.importCarrierInvoices': csv(
      { carrier: 'DHL', invoicedOn: '2026-10-30' },
      'invoice number,line,tracking number,kind,amount',
      `${number}-CARRIER-1,1,NOBODY-${number},toll,0.19`,
    ),
    'billing.importStorageSnapshots': csv(
      { warehouse: 'second' },
      'merchant,day,bin,sku,storageType,quantity,volumeM3',
      `${number},2026-10-30,A-1,SKU-1,bin,4,`,
    ),
    'billing.importBankStatements': {
      ...{ takes: 'statement', fields: {}, filename: 'a.xml' },
      // of a day that is over by the clock of the whole product
      file: Buffer.from(
        readFileSync(new URL('./camt/day-001.02.xml', import.meta.url), 'utf8').replaceAll('2026-11-1', '2026-10-1'),
      ),
    },
    'billing.importRateCardCsv': csv(
      { code: 'uploaded' },
      'validFrom,kind,key,chargeType,priority,model,price,unit,labelDe,labelEn',
      '2026-01-01,rule,pack,pack,100,perUnit,0.85,parcel,Verpacken,Packing',
    ),
  };
}

/** The body of a request, byte for byte. */
export const bodyOf = (
  { fields, file, filename }: UploadRoute,
  { content = file, name = filename, more = {} as Record<string, string> } = {},
): Buffer =>
  Buffer.concat([
    ...Object.entries({ ...fields, ...more }).map(([field, value]) => formPart(field, value)),
    formPart('file', content, name),
    formEnd,
  ]);

/** What tells a file from the one that the route has already; some routes put the new one in place of it. */
export const another = ({ fields }: UploadRoute, clientPhotoId: string): Record<string, string> => ({
  ...('clientPhotoId' in fields ? { clientPhotoId } : {}),
  ...('id' in fields ? { id: uuidv7(new Date()) } : {}),
});
