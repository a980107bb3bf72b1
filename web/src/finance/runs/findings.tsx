import { Anchor, Group, Text } from '@mantine/core';
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { hasRole } from '../../app/session/desks.ts';
import { useUser, type User } from '../../app/session/session.ts';
import { AcceptTotal } from './accept-total.tsx';
import { chargesOfRow, type CollectingRow } from './charges-of-row.ts';
import { InvoiceEmail } from './invoice-email.tsx';
import { dataOf, useFindingWords } from './finding-words.ts';
import classes from './findings.module.css';
import type { Finding, RunRow } from './run.ts';

export interface FindingsProps {
  row: Pick<RunRow, 'merchantId' | 'merchantName' | 'findings' | 'netMinor' | 'grossMinor'> & {
    state: RunRow['state'] | null;
    /** The last bill of a contract; a preview knows none. */
    final?: boolean;
  };
  /** Without it nothing can be accepted: the preview writes nothing. */
  runId?: string;
  cutoff: string;
}

/** What speaks against a draft or should be known of it, each in words with the way to solve it. */
export function Findings({ row, runId, cutoff }: FindingsProps) {
  const words = useFindingWords();
  const { t } = useTranslation('finance');
  if (!row.findings.length) return null;
  return (
    <ul className={classes.list}>
      {row.findings.map((finding) => {
        const Glyph = finding.blocks ? IconAlertTriangle : IconInfoCircle;
        return (
          <li key={finding.code} className={classes.finding} data-blocks={finding.blocks || undefined}>
            <Glyph size={18} aria-hidden className={classes.icon} />
            <div>
              <Text fz="sm" component="span">
                {finding.blocks && (
                  <Text span inherit fw={650}>
                    {t('finding.blocks')}:{' '}
                  </Text>
                )}
                {words(finding)}
              </Text>
              <Remedy finding={finding} />
              <Group gap="md" className={classes.ways}>
                <Way finding={finding} row={row} runId={runId} cutoff={cutoff} />
              </Group>
            </div>
          </li>
        );
      })}
    </ul>
  );
}

/** What the server advises; nothing of what nobody can do anything about. */
function Remedy({ finding }: { finding: Finding }) {
  const { i18n } = useTranslation();
  const { remedy } = dataOf(finding);
  if (!remedy) return null;
  return (
    <Text fz="sm" c="dimmed">
      {remedy[i18n.language === 'en' ? 'en' : 'de']}
    </Text>
  );
}

interface WayProps extends FindingsProps {
  finding: Finding;
}

function Way({ finding, row, runId, cutoff }: WayProps) {
  const { t } = useTranslation('finance');
  const user = useUser();
  const { merchantId } = row;
  if (finding.code === 'ABOVE_USUAL')
    return finding.blocks && row.state === 'parked' && runId ? (
      <AcceptTotal row={row} runId={runId} cutoff={cutoff} />
    ) : null;
  if (finding.code === 'NO_INVOICE_EMAIL') return <InvoiceEmail merchantId={merchantId} name={row.merchantName} />;
  const way = wayOf(finding, { merchantId, cutoff, final: row.final ?? false }, user);
  if (!way) return null;
  return (
    <Anchor component={Link} to={way.to as never} search={way.search as never} fz="sm" underline="always" py={4}>
      {t(`way.${way.label}`)}
    </Anchor>
  );
}

interface WayTo {
  to: string;
  search?: Record<string, string>;
  label:
    | 'unrated'
    | 'held'
    | 'storage'
    | 'returns'
    | 'specialJobs'
    | 'events'
    | 'merchant'
    | 'settings'
    | 'contract'
    | 'rateCards';
}

/** Where a finding is solved, by somebody who may go there. */
function wayOf(finding: Finding, row: CollectingRow, user: User): WayTo | undefined {
  const { merchantId, cutoff } = row;
  switch (finding.code) {
    case 'UNRATED_CHARGES':
      return { to: '/finance/charges', search: { view: 'unrated', ...chargesOfRow(row) }, label: 'unrated' };
    case 'HELD_CHARGES':
      return { to: '/finance/charges', search: { view: 'held', ...chargesOfRow(row) }, label: 'held' };
    case 'STORAGE_GAP': {
      const month = (dataOf(finding).days?.[0] ?? cutoff).slice(0, 7);
      return { to: '/finance/storage', search: { merchantId, month }, label: 'storage' };
    }
    case 'RECEIVED_NOT_INSPECTED':
      return hasRole(user, 'lead', 'admin', 'worker')
        ? { to: '/warehouse/returns', search: { list: 'toInspect', merchantId }, label: 'returns' }
        : undefined;
    case 'OPEN_SPECIAL_JOBS':
      return { to: '/finance/special-jobs', search: { merchantId }, label: 'specialJobs' };
    case 'VAT_ID_MISSING':
    case 'VAT_ID_REFUSED':
    case 'VAT_ID_UNCONFIRMED':
    case 'ADDRESS_INCOMPLETE':
    case 'COUNTRY_UNKNOWN':
    case 'MERCHANT_NOT_PRINTABLE':
    case 'MERCHANT_CONTENT_INVALID':
      return { to: `/finance/accounts/${merchantId}`, search: { view: 'record' }, label: 'merchant' };
    case 'ISSUER_TAX_NUMBER_MISSING':
    case 'ISSUER_VAT_ID_MISSING':
    case 'ISSUER_VAT_ID_INVALID':
    case 'ISSUER_CONTACT_MISSING':
    case 'ISSUER_NOT_PRINTABLE':
    case 'ISSUER_CONTENT_INVALID':
      return { to: '/finance/settings', label: 'settings' };
    case 'LINE_NOT_PRINTABLE':
    case 'LINE_CONTENT_INVALID':
      return { to: '/finance/rate-cards', label: 'rateCards' };
    case 'NO_CONTRACT':
      return { to: `/finance/accounts/${merchantId}`, search: { view: 'contract' }, label: 'contract' };
    case 'EVENTS_PARKED':
      return hasRole(user, 'admin') ? { to: '/admin/dead-events', label: 'events' } : undefined;
    default:
      return undefined;
  }
}
