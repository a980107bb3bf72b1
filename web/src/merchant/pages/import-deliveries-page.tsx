import { upload } from '../../app/api/client.ts';
import { FileImport } from '../announce/file-import.tsx';
import { useMerchant } from '../merchants.ts';

/** Announces many deliveries by a file. */
export function ImportDeliveriesPage() {
  const { id: merchantId } = useMerchant();
  return (
    <FileImport
      words="importDeliveries"
      back="/merchant/goods-in"
      changes="GET /goods-in"
      upload={(file, dryRun) => upload('POST /goods-in/csv', { merchantId, dryRun }, { file, filename: file.name })}
    />
  );
}
