import { Button, Group, Stack } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../shared/error-state.tsx';
import { PageHeader } from '../../shared/page-header.tsx';
import { useUrlFilters } from '../../shared/url-filters.ts';
import { ConsumerFields } from '../orders/consumer-fields.tsx';
import { HeadFields } from '../orders/head-fields.tsx';
import { LineFields } from '../orders/line-fields.tsx';
import { useNewOrder } from '../orders/use-new-order.ts';
import { LeaveGuard } from '../../shared/leave-guard.tsx';
import { NoteBox } from '../../shared/note-box.tsx';

/** An order that came by telephone, by mail or on paper. */
export function NewOrderPage() {
  const { t } = useTranslation('admin');
  const { t: common } = useTranslation();
  const { values } = useUrlFilters(['merchantId']);
  const { draft, change, errorOf, submit, form, ...state } = useNewOrder(values.merchantId ?? null);
  return (
    <>
      <PageHeader title={t('orders.new')} lead={t('orders.newLead')} back="/admin/orders" />
      <LeaveGuard isDirty={state.isDirty} />
      <form noValidate onSubmit={submit} ref={form}>
        <Stack gap="lg">
          <HeadFields draft={draft} onChange={change} errorOf={errorOf} isSent={state.isSent} />
          <LineFields draft={draft} onChange={change} errorOf={errorOf} />
          <ConsumerFields draft={draft} onChange={change} errorOf={errorOf} />
          {state.isWrong && <NoteBox tone="bad">{t('save.checkFields')}</NoteBox>}
          {state.error && <ErrorState error={state.error} />}
          <Group justify="flex-end">
            <Button variant="default" component={Link} to="/admin/orders">
              {common('action.cancel')}
            </Button>
            <Button type="submit" loading={state.isPending}>
              {t('orders.create')}
            </Button>
          </Group>
        </Stack>
      </form>
    </>
  );
}
