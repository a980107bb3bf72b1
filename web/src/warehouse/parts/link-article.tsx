import { Modal, Stack, Text, TextInput, UnstyledButton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { useState } from 'react';
import { callApi } from '../../app/api/client.ts';
import { ApiError } from '../../app/api/errors.ts';
import { useApi } from '../../app/api/queries.ts';
import { useRefusal } from '../feedback/needs-network.tsx';
import { signalSuccess } from '../feedback/signals.ts';
import type { Item, ReturnView } from '../offline/model.ts';
import { useScan } from '../scan/use-scan.ts';
import { useDesk } from '../use-desk.ts';
import classes from './found.module.css';
import { claim, type ReturnWork } from './use-return-work.ts';

const TYPED_MS = 250;
const MOST_SHOWN = 8;

export interface LinkArticleProps {
  view: ReturnView;
  item: Item;
  work: ReturnWork;
  onClose: () => void;
}

/** Which article something is that was written down in words (A3); the words are kept. */
export default function LinkArticle({ view, item, work, onClose }: LinkArticleProps) {
  const { t } = useTranslation('warehouse');
  const { t: c } = useTranslation();
  const { outbox } = useDesk();
  const refuse = useRefusal();
  const [text, setText] = useState('');
  // asked for once the server said that more came back than was shipped (A14)
  const [surplus, setSurplus] = useState<string>();
  const [asked] = useDebouncedValue(text.trim(), TYPED_MS);
  const merchantId = view.merchantId!;
  const filters = /^\d{8,14}$/.test(asked) ? { ean: asked } : { q: asked };
  const { data } = useApi(
    'GET /articles',
    { merchantId, limit: MOST_SHOWN, active: 'true', ...filters },
    { enabled: asked !== '' },
  );
  useScan((code) => {
    setText(code);
    return true;
  });
  const link = async (sku: string) => {
    await claim(view);
    const reason = surplus?.trim() ? { reason: surplus.trim() } : {};
    const to = { id: view.id, itemId: item.id, sku, ...reason };
    const changed = await callApi('POST /returns/{id}/items/{itemId}/link', to).catch((error: unknown) => {
      if (error instanceof ApiError && error.errors.some(({ code }) => code === 'MORE_THAN_SHIPPED'))
        setSurplus((given) => given ?? '');
      throw error;
    });
    await outbox.keep({ putReturns: [changed] });
    work.drafts.forget(item);
    signalSuccess();
    onClose();
  };
  const articles = asked === text.trim() ? data?.items : undefined;
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('link.title')}
      transitionProps={{ duration: 0 }}
      closeButtonProps={{ 'aria-label': c('action.close'), size: 48 }}
    >
      <Stack gap="md">
        <Text>{t('link.written', { name: item.name || (item.sku ?? '') })}</Text>
        <TextInput
          data-scan
          data-autofocus
          size="lg"
          label={t('link.field')}
          description={t('link.hint')}
          value={text}
          maxLength={80}
          autoComplete="off"
          onChange={({ currentTarget }) => setText(currentTarget.value)}
        />
        {surplus !== undefined && (
          <TextInput
            size="lg"
            autoFocus
            label={t('match.surplus')}
            description={t('link.surplusHint')}
            value={surplus}
            maxLength={200}
            onChange={({ currentTarget }) => setSurplus(currentTarget.value)}
          />
        )}
        <Stack gap="xs" aria-live="polite">
          {articles?.map(({ id, sku, name }) => (
            <UnstyledButton key={id} className={classes.row} onClick={() => void link(sku).catch(refuse)}>
              <Text fw={600}>{name || sku}</Text>
              <Text c="dimmed" fz="sm">
                {sku}
              </Text>
            </UnstyledButton>
          ))}
          {text.trim() !== '' && !articles && <Text c="dimmed">{t('link.searching')}</Text>}
          {articles?.length === 0 && <Text c="dimmed">{t('link.nothing', { text: asked })}</Text>}
        </Stack>
      </Stack>
    </Modal>
  );
}
