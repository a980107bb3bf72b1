import { Anchor, Card, Group, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Output } from '../../app/api/contract.ts';
import { hasRole } from '../../app/session/desks.ts';
import { useUser } from '../../app/session/session.ts';
import { DateTime } from '../date-time.tsx';
import { PhotoGrid } from '../photo-grid.tsx';
import { ToneBadge } from '../state-badge.tsx';
import { claimsOf, type Claim } from './claims.ts';
import { Settle } from './settle.tsx';

const TONES = { found: 'good', credited: 'good', rejected: 'bad' } as const;

export interface DisputeDeskProps {
  batch: Output<'GET /rtv-batches/{id}'>;
  /** Where a return is opened, with all of its photos; no link without it. */
  returnAt?: (returnId: string) => string;
}

/**
 * What the merchant disputes of a batch, and where it is settled piece by piece (C8). Nothing when nothing is. Its
 * words are in the area `records`.
 */
export function DisputeDesk({ batch, returnAt }: DisputeDeskProps) {
  const { t } = useTranslation('records');
  const heading = useId();
  const maySettle = hasRole(useUser(), 'lead', 'finance', 'admin');
  if (!batch.disputes.length) return null;
  const open = batch.disputedPieces;
  return (
    <Stack component="section" aria-labelledby={heading} gap="sm">
      <div>
        <Title id={heading} order={2} size="h4">
          {t('claim.title')}
        </Title>
        <Text c="dimmed">{open ? t('claim.open', { count: open }) : t('claim.allSettled')}</Text>
        {open > 0 && !maySettle && <Text>{t('claim.whoMay')}</Text>}
      </div>
      {claimsOf(batch).map((claim) => (
        <ClaimCard key={claim.dispute.id} {...{ claim, returnAt, maySettle }} batchId={batch.id} />
      ))}
    </Stack>
  );
}

interface ClaimCardProps {
  claim: Claim;
  batchId: string;
  returnAt: DisputeDeskProps['returnAt'];
  maySettle: boolean;
}

function ClaimCard({ claim, batchId, returnAt, maySettle }: ClaimCardProps) {
  const { t } = useTranslation('records');
  const { dispute, item } = claim;
  const name = item?.name || item?.sku || t(item?.foreign ? 'question.notYours' : 'question.unnamed');
  const { outcome, quantity, reason, note, resolutionNote } = dispute;
  return (
    <Card component="article" p="md" aria-label={t('claim.of', { name })}>
      <Stack gap="sm">
        <Group wrap="nowrap" align="flex-start">
          {item?.photo && <PhotoGrid quiet size={72} photos={[{ id: item.photo.id, urls: item.photo.links }]} />}
          <Stack gap={4} flex={1} miw={0}>
            <Group gap="xs">
              <Text fw={600}>{name}</Text>
              {outcome ? (
                <ToneBadge tone={TONES[outcome]} label={t(`claim.outcomes.${outcome}`)} />
              ) : (
                <ToneBadge tone="warn" label={t('claim.isOpen')} />
              )}
            </Group>
            <Text>
              {t('claim.pieces', { count: quantity, of: item?.quantity ?? quantity })}, {t(`claim.reasons.${reason}`)}
            </Text>
            <Text c="dimmed" fz="sm">
              {[item?.sku, item?.labelCode].filter(Boolean).join(' · ')}
            </Text>
            {note && <Text>{t('claim.said', { note })}</Text>}
            <Text c="dimmed" fz="sm" component="span">
              {t('claim.opened')} <DateTime at={dispute.openedAt} />
            </Text>
            {item && returnAt && (
              <Anchor component={Link} to={returnAt(item.returnId) as never} underline="always" py={12}>
                {t('claim.toReturn', { number: item.returnNumber })}
              </Anchor>
            )}
          </Stack>
        </Group>
        {outcome && (
          <Text fz="sm">
            {t('claim.answered', { note: resolutionNote ?? '' })} (<DateTime at={dispute.resolvedAt} />)
          </Text>
        )}
        {!outcome && maySettle && <Settle claim={claim} name={name} batchId={batchId} />}
      </Stack>
    </Card>
  );
}
