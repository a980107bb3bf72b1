import { notifications } from '@mantine/notifications';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, hasCode } from '../../app/api/errors.ts';
import { useApiMutation } from '../../app/api/queries.ts';
import { useFieldErrors } from '../../shared/field-errors.ts';
import { hasNumberFault } from '../../shared/number-fault.ts';
import { showWrongField } from '../../shared/show-field.ts';
import { newId } from '../../warehouse/offline/ids.ts';
import { emptyDraft, missingIn, orderOf, type NewOrder, type OrderDraft } from './draft.ts';

/**
 * An order as it is typed, what is wrong with it, and how it is sent: any number of times, it is one order.
 * @param merchantId  whose it will be, as far as it is known
 */
export function useNewOrder(merchantId: string | null) {
  const [first] = useState(() => emptyDraft(merchantId));
  const [draft, setDraft] = useState(first);
  const [tries, setTries] = useState(0);
  const { create, send } = useSending();
  const form = useRef<HTMLFormElement>(null);
  const missing = missingIn(draft);
  const { errorOf, isWrong, error } = useFaults(create, draft, tries ? missing : NONE);
  useEffect(() => {
    if (tries) showWrongField(form.current);
  }, [tries, create.error]);
  return {
    ...{ form, draft, errorOf, isWrong, error },
    isDirty: draft !== first,
    isPending: create.isPending,
    isSent: create.isPending || create.isSuccess,
    change: (patch: Partial<OrderDraft>) => {
      // what was wrong with a line is not said of the one that takes its place
      if (patch.lines && patch.lines.length < draft.lines.length) create.reset();
      setDraft((old) => ({ ...old, ...patch }));
    },
    submit: (event: FormEvent<HTMLFormElement>) => {
      event.preventDefault();
      setTries((old) => old + 1);
      if (!create.isPending && !missing.size && !hasNumberFault(event.currentTarget)) send(draft);
    },
  };
}

const NONE: ReadonlySet<string> = new Set();

function useSending() {
  const { t } = useTranslation('admin');
  const navigate = useNavigate();
  const create = useApiMutation('POST /orders');
  const sent = useRef<{ id: string; draft: OrderDraft }>(undefined);
  const send = (draft: OrderDraft) => {
    // what is sent again unchanged is the same order
    if (sent.current?.draft !== draft) sent.current = { id: newId(), draft };
    const { id } = sent.current;
    const order = orderOf(draft);
    create.mutate(
      { id, ...order },
      {
        onSuccess: () => {
          notifications.show({ message: t('orders.created', { number: order.externalNumber }) });
          void navigate({ to: '/admin/orders/$id', params: { id }, ignoreBlocker: true });
        },
      },
    );
  };
  return { create, send };
}

function useFaults(
  create: { error: Error | null; variables: NewOrder | undefined },
  draft: OrderDraft,
  missing: ReadonlySet<string>,
) {
  const { t } = useTranslation();
  const { t: admin } = useTranslation('admin');
  const refused = useFieldErrors(create.error);
  const isNumberTaken = hasCode(create.error, 'ORDER_EXISTS');
  const isTaken = isNumberTaken && isSameNumber(create.variables, draft);
  const isOfFields = create.error instanceof ApiError && create.error.errors.length > 0;
  return {
    errorOf: (path: string) => {
      if (missing.has(path)) return t('fieldError.REQUIRED');
      return isTaken && path === 'externalNumber' ? admin('orders.exists') : refused(path);
    },
    isWrong: isOfFields || isTaken || missing.size > 0,
    error: isOfFields || isNumberTaken ? null : create.error,
  };
}

const isSameNumber = (sent: NewOrder | undefined, draft: OrderDraft): boolean =>
  sent?.merchantId === draft.merchantId &&
  sent.channel === draft.channel.trim() &&
  sent.externalNumber === draft.externalNumber.trim();
