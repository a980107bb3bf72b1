import { Button, Grid, Stack } from '@mantine/core';
import { IconPackageImport } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { PageHeader } from '../../shared/page-header.tsx';
import { JobsToApprove } from '../jobs/jobs-to-approve.tsx';
import { useMayDecide, useMerchant } from '../merchants.ts';
import { CostsSoFar, LatestReturns, NeedsDecision, OnTheWay } from '../today/sections.tsx';

/** What a merchant wants to know in the morning. */
export function TodayPage() {
  const { t } = useTranslation('merchant');
  const { name } = useMerchant();
  const mayDecide = useMayDecide();
  return (
    <>
      <PageHeader
        title={t('today.title')}
        lead={name}
        actions={
          mayDecide && (
            <Button
              component={Link}
              to="/merchant/returns/announce"
              variant="default"
              leftSection={<IconPackageImport size={20} aria-hidden />}
            >
              {t('announce.title')}
            </Button>
          )
        }
      />
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, md: 7 }}>
          <Stack gap="lg">
            <JobsToApprove />
            <NeedsDecision />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <Stack gap="lg">
            <OnTheWay />
            <CostsSoFar />
            <LatestReturns />
          </Stack>
        </Grid.Col>
      </Grid>
    </>
  );
}
