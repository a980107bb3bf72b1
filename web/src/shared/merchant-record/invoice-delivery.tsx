import { Checkbox } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { MerchantDraft } from './draft.ts';

/** What the mail of an invoice brings beside the PDF. */
export function InvoiceDelivery({ draft: { draft, set } }: { draft: MerchantDraft }) {
  const { t } = useTranslation('admin');
  return (
    <>
      <Checkbox
        label={t('record.invoiceXml')}
        description={t('record.invoiceXmlHint')}
        checked={draft.invoiceXml}
        onChange={({ currentTarget }) => set('invoiceXml', currentTarget.checked)}
      />
      <Checkbox
        label={t('record.invoiceLink')}
        description={t('record.invoiceLinkHint')}
        checked={draft.invoiceLink}
        onChange={({ currentTarget }) => set('invoiceLink', currentTarget.checked)}
      />
    </>
  );
}
