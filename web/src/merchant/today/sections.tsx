import { Anchor, Group, Stack, Text } from '@mantine/core';
import { IconCircleCheck, IconPackages, IconTruck } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi, useApiList } from '../../app/api/queries.ts';
import { useFormats } from '../../app/i18n/formats.ts';
import { ACCOUNT_TOPICS } from '../../shared/account/account.ts';
import { EmptyState } from '../../shared/empty-state.tsx';
import { Money } from '../../shared/money.tsx';
import { StateBadge } from '../../shared/state-badge.tsx';
import { isOnTheWay } from '../batches/on-the-way.ts';
import { DecideCard } from '../decisions/decide-card.tsx';
import { TakenNotice } from '../decisions/taken-notice.tsx';
import { useMerchant } from '../merchants.ts';
import { Entry } from '../parts/entry.tsx';
import { Section } from '../parts/section.tsx';
import { TrackingLink } from '../parts/tracking-link.tsx';

/** On the first page there is room for the most urgent ones. */
const QUESTIONS = 3;
const RETURNS = 5;

export function NeedsDecision() {
  const { t } = useTranslation('merchant');
  const { id: merchantId } = useMerchant();
  const [taken, setTaken] = useState(false);
  const list = useApiList('GET /decisions', { merchantId }, { live: ['returns'], pageSize: 50 });
  const { items, hasMore } = list;
  return (
    <Section
      title={
        items.length ? t('today.toDecide', { count: items.length, more: hasMore ? '+' : '' }) : t('today.decisions')
      }
      query={list}
      aside={
        items.length > 0 && (
          <Anchor component={Link} to="/merchant/decisions">
            {t('today.allDecisions')}
          </Anchor>
        )
      }
    >
      {taken && <TakenNotice onClose={() => setTaken(false)} />}
      {!items.length && (
        <EmptyState icon={IconCircleCheck} title={t('today.nothingToDecide')} text={t('today.nothingToDecideText')} />
      )}
      {items.slice(0, QUESTIONS).map((question) => (
        <DecideCard
          key={question.itemId}
          question={question}
          photoSize={96}
          onDone={(outcome) => setTaken(outcome === 'taken')}
        />
      ))}
    </Section>
  );
}

export function OnTheWay() {
  const { t } = useTranslation('merchant');
  const { id: merchantId } = useMerchant();
  const list = useApiList('GET /rtv-batches', { merchantId }, { live: true, pageSize: 20 });
  const coming = list.items.filter(isOnTheWay);
  return (
    <Section title={t('today.onTheWay')} query={list}>
      {!coming.length && <EmptyState icon={IconTruck} title={t('today.noBatches')} />}
      {coming.map(({ id, number, state, pieces, carrier, trackingNumber }) => (
        <Entry
          key={id}
          to={`/merchant/batches/${id}`}
          title={t('batches.batch', { number })}
          text={[t('batches.pieces', { count: pieces })]}
          badge={<StateBadge of="batch" value={state} />}
        >
          {trackingNumber && <TrackingLink carrier={carrier} number={trackingNumber} />}
        </Entry>
      ))}
    </Section>
  );
}

export function CostsSoFar() {
  const { t } = useTranslation('merchant');
  const { t: r } = useTranslation('records');
  const { day } = useFormats();
  const { id } = useMerchant();
  const account = useApi('GET /merchants/{id}/account', { id }, { live: ACCOUNT_TOPICS });
  const { data } = account;
  return (
    <Section
      title={t('today.costs')}
      query={account}
      aside={
        <Anchor component={Link} to="/merchant/account">
          {t('today.account')}
        </Anchor>
      }
    >
      {data && (
        <Stack gap={6}>
          <Text fz={30} fw={650} lh={1.1} className="tabular">
            <Money minor={data.netMinor} currency={data.currency} />
          </Text>
          <Text fz="sm" c="dimmed">
            {t('today.costsText', { day: day(data.upTo) })}
          </Text>
          {data.sections.map(({ section, netMinor }) => (
            <Group key={section} justify="space-between" wrap="nowrap">
              <Text fz="sm">{r(`section.${section}` as never) as string}</Text>
              <Text fz="sm" className="tabular">
                <Money minor={netMinor} currency={data.currency} />
              </Text>
            </Group>
          ))}
        </Stack>
      )}
    </Section>
  );
}

export function LatestReturns() {
  const { t } = useTranslation('merchant');
  const { relative } = useFormats();
  const { id: merchantId } = useMerchant();
  const list = useApiList('GET /returns', { merchantId }, { live: true, pageSize: RETURNS });
  return (
    <Section
      title={t('today.latest')}
      query={list}
      aside={
        list.items.length > 0 && (
          <Anchor component={Link} to="/merchant/returns">
            {t('today.allReturns')}
          </Anchor>
        )
      }
    >
      {!list.items.length && <EmptyState icon={IconPackages} title={t('today.noReturns')} />}
      {list.items.slice(0, RETURNS).map(({ id, number, state, orderNumber, photos, createdAt }) => (
        <Entry
          key={id}
          to={`/merchant/returns/${id}`}
          title={number}
          text={[
            orderNumber && t('today.order', { number: orderNumber }),
            photos > 0 && t('today.photos', { count: photos }),
            relative(createdAt),
          ]}
          badge={<StateBadge of="return" value={state} />}
        />
      ))}
    </Section>
  );
}
