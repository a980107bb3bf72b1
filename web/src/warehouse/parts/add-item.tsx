import { Button, Card, Group, NumberInput, Select, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useOneStep } from '../feedback/local-step.ts';
import type { AddItemBody, ArticleHit, ReturnView } from '../offline/model.ts';
import { bare } from '../offline/reference.ts';
import { useSeen } from '../use-desk.ts';
import { ChoiceChips } from './choice-chips.tsx';

type What = 'unexpected' | 'wrong' | 'foreign';

export interface AddItemProps {
  view: ReturnView;
  /** A code that was scanned while the return was open. */
  code?: string | undefined;
  onAdd: (found: AddItemBody) => Promise<unknown>;
  onClose: () => void;
}

/** Goods that nobody expected: by code or in words, nothing blocks the worker (A3, A7). */
export function AddItem({ view, code = '', onAdd, onClose }: AddItemProps) {
  const { t } = useTranslation('warehouse');
  const { t: c } = useTranslation();
  const { articles } = useSeen();
  const [text, setText] = useState(code);
  const [quantity, setQuantity] = useState(1);
  const [what, setWhat] = useState<What>('unexpected');
  const open = view.items.filter(({ origin }) => origin === 'expected');
  const [insteadOf, setInsteadOf] = useState<string | null>(open[0]?.id ?? null);
  const article = findArticle(articles, view.merchantId, text);
  const { busy, run } = useOneStep();
  const add = (event: FormEvent) => {
    event.preventDefault();
    const name = text.trim();
    if (!name) return;
    const named = article
      ? { sku: article.sku, name: article.name }
      : /^[\w./+-]+$/.test(name)
        ? { sku: name }
        : { name };
    const origin = what === 'foreign' ? ('foreign' as const) : ('unexpected' as const);
    void run(async (itemId) => {
      await onAdd({ itemId, ...named, quantity, origin, ...(what === 'wrong' && insteadOf ? { insteadOf } : {}) });
      onClose();
    });
  };
  return (
    <Card p="md">
      <form onSubmit={add}>
        <Stack gap="md">
          <Title order={2} size="h4">
            {t('add.title')}
          </Title>
          <TextInput
            data-scan
            size="lg"
            label={t('add.what')}
            description={t('add.whatHint')}
            value={text}
            maxLength={300}
            autoComplete="off"
            data-autofocus
            autoFocus
            onChange={({ currentTarget }) => setText(currentTarget.value)}
          />
          {article && (
            <Text fw={600} role="status">
              {article.name}
            </Text>
          )}
          <NumberInput
            hideControls
            size="lg"
            label={t('add.quantity')}
            min={1}
            max={100_000}
            clampBehavior="strict"
            allowDecimal={false}
            inputMode="numeric"
            value={quantity}
            onChange={(value) => setQuantity(Math.max(1, Number(value) || 1))}
          />
          <ChoiceChips
            label={t('add.kind')}
            options={(['unexpected', 'wrong', 'foreign'] as const)
              .filter((one) => one !== 'wrong' || open.length > 0)
              .map((value) => ({ value, label: t(`add.${value}`) }))}
            value={what}
            onChange={setWhat}
          />
          {what === 'wrong' && (
            <Select
              size="lg"
              label={t('add.insteadOf')}
              value={insteadOf}
              onChange={setInsteadOf}
              data={open.map(({ id, name, sku }) => ({ value: id, label: name || (sku ?? '') }))}
            />
          )}
          <Group grow>
            <Button variant="default" h={56} px="xs" onClick={onClose}>
              {c('action.cancel')}
            </Button>
            <Button
              type="submit"
              loading={busy}
              h={56}
              px="xs"
              leftSection={<IconPlus size={22} aria-hidden />}
              disabled={!text.trim()}
            >
              {t('add.submit')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Card>
  );
}

/** The article a code means, of this merchant while it is known. */
export function findArticle(
  articles: readonly ArticleHit[],
  merchantId: string | null,
  text: string,
): ArticleHit | undefined {
  const code = text.trim();
  if (!code) return undefined;
  return articles.find(
    (article) =>
      (merchantId === null || article.merchantId === merchantId) &&
      (article.sku === code || article.eans.some((ean) => bare(ean) === bare(code))),
  );
}
