import { Button, Checkbox, Group, Modal, Select, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiMutation } from '../../app/api/queries.ts';
import { useFormats } from '../../app/i18n/formats.ts';
import { ErrorState } from '../../shared/error-state.tsx';
import { useFieldErrors } from '../../shared/field-errors.ts';
import { MerchantsSelect } from '../../shared/merchant-select.tsx';
import { houseToday, latestCutoffs } from './cutoffs.ts';

const STREAMS = ['fulfilment', 'monthly'] as const;
type Stream = (typeof STREAMS)[number];
const CUTOFFS = 12;

/** Starts the run of a cut-off by hand, or joins it; opens it then. `cutoff` is chosen at first, else the latest. */
export function StartRun({ cutoff }: { cutoff?: string }) {
  const { t } = useTranslation('finance');
  const { t: c } = useTranslation();
  const [opened, { open, close }] = useDisclosure();
  return (
    <>
      <Button leftSection={<IconPlayerPlay size={18} aria-hidden />} onClick={open}>
        {t('start.open')}
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title={
          <Text span fw={650} fz="lg">
            {t('start.title')}
          </Text>
        }
        closeButtonProps={{ 'aria-label': c('action.close') }}
      >
        {opened && <Fields first={cutoff} onCancel={close} />}
      </Modal>
    </>
  );
}

function Fields({ first, onCancel }: { first: string | undefined; onCancel: () => void }) {
  const { t } = useTranslation('finance');
  const { t: c } = useTranslation();
  const { day } = useFormats();
  const navigate = useNavigate();
  const [cutoffs] = useState(() => {
    const latest = latestCutoffs(houseToday(), CUTOFFS);
    return first === undefined || latest.includes(first) ? latest : [first, ...latest];
  });
  const [cutoff, setCutoff] = useState(first ?? cutoffs[0]!);
  const [merchantIds, setMerchantIds] = useState<string[]>([]);
  const [streams, setStreams] = useState<Stream[]>([...STREAMS]);
  const start = useApiMutation('POST /billing-runs');
  const wrong = useFieldErrors(start.error);
  const submit = () =>
    start.mutate(
      {
        cutoff,
        ...(merchantIds.length ? { merchantIds } : {}),
        ...(streams.length === STREAMS.length ? {} : { streams }),
      },
      { onSuccess: ({ id }) => void navigate({ to: '/finance/runs/$id', params: { id } }) },
    );
  return (
    <Stack gap="md">
      <Text>{t('start.lead')}</Text>
      <Select
        label={t('start.cutoff')}
        data={cutoffs.map((value) => ({ value, label: day(value) }))}
        value={cutoff}
        allowDeselect={false}
        error={wrong('cutoff')}
        onChange={(value) => value && setCutoff(value)}
      />
      <MerchantsSelect
        label={t('start.merchants')}
        description={t('start.merchantsHint')}
        clearButtonProps={{ 'aria-label': t('start.clear') }}
        value={merchantIds}
        error={wrong('merchantIds', true)}
        onChange={setMerchantIds}
      />
      <Checkbox.Group
        label={t('start.streams')}
        description={t('start.streamsHint')}
        value={streams}
        onChange={(values) => setStreams(values as Stream[])}
      >
        <Stack gap="xs" mt={6}>
          {STREAMS.map((stream) => (
            <Checkbox key={stream} size="md" value={stream} label={t(`streams.${stream}`)} />
          ))}
        </Stack>
      </Checkbox.Group>
      {start.error && <ErrorState error={start.error} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onCancel}>
          {c('action.cancel')}
        </Button>
        <Button loading={start.isPending} disabled={!streams.length} onClick={submit}>
          {t('start.submit')}
        </Button>
      </Group>
    </Stack>
  );
}
