import { ActionIcon, Box, Button, Card, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ExactNumber } from '../../shared/exact-number.tsx';
import { Notice } from '../../shared/notice.tsx';
import { useMerchant } from '../merchants.ts';
import { useReasons } from '../returns/reasons.ts';
import { Already } from './already.tsx';
import { piecesIn, type Elsewhere, type Place } from './elsewhere.ts';
import { emptyLine, type AnnouncedLine } from './lines.ts';

export interface AnnouncedLinesProps {
  lines: AnnouncedLine[];
  kind: string;
  ofOrder: boolean;
  /** What of the order is announced or back already. */
  elsewhere: Elsewhere;
  onChange: (lines: AnnouncedLine[]) => void;
}

/** How many pieces of which line come back, and why. */
export function AnnouncedLines({ lines, kind, ofOrder, elsewhere, onChange }: AnnouncedLinesProps) {
  const { t } = useTranslation('merchant');
  const change = (key: string, patch: Partial<AnnouncedLine>) =>
    onChange(lines.map((line) => (line.key === key ? { ...line, ...patch } : line)));
  return (
    <Stack gap="sm" role="group" aria-label={t('announce.lines')}>
      {elsewhere.isUnknown && <Notice tone="quiet">{t('announce.alreadyUnknown')}</Notice>}
      {lines.map((line) => (
        <Line
          key={line.key}
          line={line}
          kind={kind}
          places={elsewhere.places.get(line.sku) ?? []}
          onChange={(patch) => change(line.key, patch)}
          {...(!ofOrder && lines.length > 1
            ? { onRemove: () => onChange(lines.filter(({ key }) => key !== line.key)) }
            : {})}
        />
      ))}
      {!ofOrder && (
        <div>
          <Button
            variant="subtle"
            leftSection={<IconPlus size={18} aria-hidden />}
            onClick={() => onChange([...lines, emptyLine()])}
          >
            {t('announce.addLine')}
          </Button>
        </div>
      )}
    </Stack>
  );
}

interface LineProps {
  line: AnnouncedLine;
  kind: string;
  places: readonly Place[];
  onChange: (patch: Partial<AnnouncedLine>) => void;
  onRemove?: () => void;
}

function Line({ line, kind, places, onChange, onRemove }: LineProps) {
  const { t } = useTranslation('merchant');
  const { id } = useMerchant();
  const { reasons } = useReasons(id);
  const fitting = reasons.filter(({ kinds }) => !kinds?.length || kinds.includes(kind));
  const name = line.name || line.sku || t('announce.newLine');
  const [announced, back] = [piecesIn(places, 'announced'), piecesIn(places, 'back')];
  return (
    <Card p="sm">
      <Group gap="sm" align="flex-end">
        {line.most === null ? (
          <>
            <TextInput
              label={t('announce.sku')}
              maxLength={80}
              value={line.sku}
              onChange={({ currentTarget }) => onChange({ sku: currentTarget.value })}
              w={150}
            />
            <TextInput
              label={t('announce.name')}
              maxLength={300}
              value={line.name}
              onChange={({ currentTarget }) => onChange({ name: currentTarget.value })}
              flex={1}
              miw={180}
            />
          </>
        ) : (
          <Stack gap={0} flex={1} miw={180} pb={4}>
            <Text fw={600}>{line.name || line.sku}</Text>
            <Text fz="sm" c="dimmed">
              {[
                line.sku,
                t('announce.shipped', { count: line.most }),
                announced > 0 && t('announce.announcedAlready', { count: announced }),
                back > 0 && t('announce.backAlready', { count: back }),
              ]
                .filter(Boolean)
                .join(' · ')}
            </Text>
          </Stack>
        )}
        <ExactNumber
          label={t('announce.quantity')}
          aria-label={t('announce.quantityOf', { name })}
          value={line.quantity}
          onChange={(value) => onChange({ quantity: value ?? 0 })}
          min={0}
          max={line.most ?? 100_000}
          w={110}
        />
        <Select
          label={t('returns.reason')}
          aria-label={t('announce.reasonOf', { name })}
          placeholder={t('announce.noReason')}
          data={fitting.map(({ code, label }) => ({ value: code, label }))}
          value={fitting.some(({ code }) => code === line.reason) ? line.reason : null}
          onChange={(reason) => onChange({ reason })}
          clearable
          clearButtonProps={{ 'aria-label': t('announce.clearReason') }}
          w={220}
        />
        {onRemove && (
          <ActionIcon variant="subtle" aria-label={t('announce.removeLine', { name })} onClick={onRemove}>
            <IconTrash size={20} aria-hidden />
          </ActionIcon>
        )}
      </Group>
      {line.quantity > 0 && places.length > 0 && (
        <Box mt="sm">
          <Already places={places} />
        </Box>
      )}
    </Card>
  );
}
