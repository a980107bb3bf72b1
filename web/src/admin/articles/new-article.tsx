import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Output } from '../../app/api/contract.ts';
import { useApiMutation } from '../../app/api/queries.ts';
import { ErrorState } from '../../shared/error-state.tsx';
import { useFieldErrors } from '../../shared/field-errors.ts';
import { MerchantSelect } from '../../shared/merchant-select.tsx';

type Article = Output<'GET /articles/{id}'>;

export interface NewArticleProps {
  /** Whose it will be, as far as the page knows. */
  merchantId?: string;
  /** The article it is the B-grade variant of. */
  of?: Article;
}

/** A button that enters an article and opens its record. */
export function NewArticle({ merchantId, of }: NewArticleProps) {
  const { t } = useTranslation('admin');
  const { t: common } = useTranslation();
  const [opened, { open, close }] = useDisclosure();
  const label = t(of ? 'articles.newVariant' : 'articles.new');
  return (
    <>
      <Button variant={of ? 'default' : 'filled'} leftSection={<IconPlus size={18} aria-hidden />} onClick={open}>
        {label}
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title={
          <Text span fw={650} fz="lg">
            {label}
          </Text>
        }
        closeButtonProps={{ 'aria-label': common('action.close') }}
      >
        <Form {...(merchantId ? { merchantId } : {})} {...(of ? { of } : {})} onClose={close} />
      </Modal>
    </>
  );
}

function Form({ merchantId, of, onClose }: NewArticleProps & { onClose: () => void }) {
  const { t } = useTranslation('admin');
  const { t: common } = useTranslation();
  const navigate = useNavigate();
  const [owner, setOwner] = useState<string | null>(of?.merchantId ?? merchantId ?? null);
  const [sku, setSku] = useState(of ? `${of.sku}-B` : '');
  const [name, setName] = useState(of ? t('articles.variantName', { name: of.name }) : '');
  const create = useApiMutation('POST /articles', {
    onSuccess: ({ id }) => {
      onClose();
      void navigate({ to: '/admin/articles/$id', params: { id } });
    },
  });
  const fieldError = useFieldErrors(create.error);
  const variant = of ? { variantOf: of.id, condition: 'b' as const } : {};
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (owner) create.mutate({ merchantId: owner, sku: sku.trim(), name: name.trim(), ...variant });
      }}
    >
      <Stack gap="md">
        {of ? (
          <Text c="dimmed">{t('articles.variantHint')}</Text>
        ) : (
          <MerchantSelect label={t('articles.merchant')} required value={owner} onChange={setOwner} />
        )}
        <TextInput
          label={t('articles.sku')}
          description={t('articles.skuHint')}
          required
          maxLength={80}
          value={sku}
          onChange={({ currentTarget }) => setSku(currentTarget.value)}
          error={fieldError('sku')}
        />
        <TextInput
          label={t('articles.name')}
          required
          maxLength={300}
          value={name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
          error={fieldError('name')}
        />
        {create.error && <ErrorState error={create.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {common('action.cancel')}
          </Button>
          <Button type="submit" loading={create.isPending} disabled={!owner || !sku.trim() || !name.trim()}>
            {t('articles.create')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
