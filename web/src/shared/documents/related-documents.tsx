import { Anchor, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Output } from '../../app/api/contract.ts';
import { useFormats } from '../../app/i18n/formats.ts';
import { Money } from '../money.tsx';
import { Section } from '../section.tsx';

type Invoice = Output<'GET /invoices/{id}'>;

export interface RelatedDocumentsProps {
  invoice: Pick<Invoice, 'kind' | 'corrects' | 'corrections' | 'reason' | 'currency'>;
  desk: '/finance' | '/merchant';
}

/** The document that is corrected and why, or those that correct it; nothing where there are none. */
export function RelatedDocuments({ invoice, desk }: RelatedDocumentsProps) {
  const { t } = useTranslation('records');
  const { day } = useFormats();
  const { kind, corrects, corrections, reason, currency } = invoice;
  if (kind === 'invoice' && !corrections.length) return null;
  return (
    <Section title={t('documents.related')}>
      {corrects && (
        <DocumentLink
          to={`${desk}/invoices/${corrects.id}`}
          label={t(kind === 'cancellation' ? 'documents.cancels' : 'documents.corrects', {
            number: corrects.number,
            day: day(corrects.issueDate),
          })}
        />
      )}
      {kind === 'creditNote' && !corrects && <Text c="dimmed">{t('documents.credit')}</Text>}
      {reason && <Text>{t('documents.reason', { reason })}</Text>}
      {corrections.map((one) => (
        <Stack key={one.id} gap={2}>
          <DocumentLink
            to={`${desk}/invoices/${one.id}`}
            label={t('documents.of', {
              title: t(`documents.title.${one.kind}`, { number: one.number }),
              day: day(one.issueDate),
            })}
          />
          <Text fz="sm" className="tabular">
            <Money minor={one.grossMinor} currency={currency} />
          </Text>
          {one.reason && (
            <Text fz="sm" c="dimmed">
              {t('documents.reason', { reason: one.reason })}
            </Text>
          )}
        </Stack>
      ))}
    </Section>
  );
}

const DocumentLink = ({ to, label }: { to: string; label: string }) => (
  <Anchor component={Link} to={to} w="fit-content" td="underline">
    {label}
  </Anchor>
);
