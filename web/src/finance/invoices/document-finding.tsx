import { List, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Output } from '../../app/api/contract.ts';

type Finding = NonNullable<Output<'GET /invoices/{id}'>['documentFinding']>;

/** Fields of the content by the words of the desk; the first that begins the path counts. */
const FIELDS = [
  ['buyer.name', 'buyerName'],
  ['buyer.', 'buyer'],
  ['seller.', 'seller'],
  ['sections.', 'line'],
  ['annex.', 'annex'],
  ['reason', 'reason'],
] as const;

const MOST_RULES = 5;

/** Why a document was not made, and what to do about it. @param remedy  of a document that is no invoice */
export function DocumentFinding({ finding, remedy }: { finding: Finding; remedy?: string }) {
  if (finding.code === 'DOCUMENT_INVALID') return <FailedCheck {...finding} />;
  if (finding.code === 'DOCUMENT_CRASHED') return <Crashed {...finding} />;
  return <MissingGlyph {...finding} remedy={remedy} />;
}

function Crashed({ crashes }: Extract<Finding, { code: 'DOCUMENT_CRASHED' }>) {
  const { t } = useTranslation('finance');
  return (
    <Stack gap={4}>
      <Text>{t('invoices.crashed.lead', { count: crashes })}</Text>
      <Text fz="sm">{t('invoices.crashed.remedy')}</Text>
    </Stack>
  );
}

type Missing = Extract<Finding, { code: 'DOCUMENT_GLYPH_MISSING' }> & { remedy: string | undefined };

function MissingGlyph({ field, text, character, codePoint, remedy }: Missing) {
  const { t } = useTranslation('finance');
  const word = FIELDS.find(([path]) => field?.startsWith(path))?.[1] ?? 'other';
  return (
    <Stack gap={4}>
      <Text>{t('invoices.glyph.lead', { character, codePoint, field: t(`invoices.glyph.fields.${word}`) })}</Text>
      <Text c="dimmed">„{text}“</Text>
      <Text fz="sm">{remedy ?? t('invoices.glyph.remedy')}</Text>
    </Stack>
  );
}

function FailedCheck({ check, findings }: Extract<Finding, { code: 'DOCUMENT_INVALID' }>) {
  const { t, i18n } = useTranslation('finance');
  const known = `invoices.failed.checks.${check}`;
  return (
    <Stack gap={4}>
      <Text>{i18n.exists(known, { ns: 'finance' }) ? t(known as 'invoices.failed.checks.rules') : check}</Text>
      <List fz="sm" spacing={2} style={{ overflowWrap: 'anywhere' }}>
        {findings.slice(0, MOST_RULES).map(({ rule, path, message }) => (
          <List.Item key={`${rule} ${path}`}>
            {rule}: {message} ({path})
          </List.Item>
        ))}
      </List>
      {findings.length > MOST_RULES && (
        <Text fz="sm">{t('invoices.failed.more', { count: findings.length - MOST_RULES })}</Text>
      )}
      <Text fz="sm">{t('invoices.failed.remedy')}</Text>
    </Stack>
  );
}
