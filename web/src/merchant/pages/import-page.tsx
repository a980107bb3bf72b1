import { useTranslation } from 'react-i18next';
import { upload } from '../../app/api/client.ts';
import { currentLanguage } from '../../app/i18n/texts.ts';
import { DownloadButton } from '../../shared/download-button.tsx';
import { FileImport } from '../announce/file-import.tsx';
import { useMerchant } from '../merchants.ts';

/** Announces many returns by a file. */
export function ImportPage() {
  const { t } = useTranslation('merchant');
  const { id: merchantId } = useMerchant();
  return (
    <FileImport
      words="import"
      back="/merchant/returns"
      changes="GET /returns"
      upload={(file, dryRun) =>
        upload('POST /returns/announcements', { merchantId, dryRun }, { file, filename: file.name })
      }
      template={
        <DownloadButton
          route="GET /returns/announcements/template.csv"
          input={{ language: currentLanguage() }}
          variant="subtle"
        >
          {t('import.template')}
        </DownloadButton>
      }
    />
  );
}
