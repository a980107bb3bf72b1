import { Anchor, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../app/api/queries.ts';
import type { Item } from '../offline/model.ts';
import { waysOf } from './afterwards.ts';

/** What becomes of the pieces of a return, and which box those are put into that go back to the merchant. */
export function PiecesByWay({ items }: { items: readonly Item[] }) {
  const { t: c } = useTranslation();
  return (
    <Text component="div">
      {waysOf(items).map(({ state, disposition, batchId, pieces }, index) => (
        <Fragment key={`${state} ${disposition} ${batchId}`}>
          {index > 0 && ' · '}
          {`${pieces} × ${disposition ? c(`disposition.${disposition}`) : c(`states.item.${state}`)}`}
          {batchId && <Box id={batchId} />}
        </Fragment>
      ))}
    </Text>
  );
}

/** Its number is asked for: without a network the box is not named. */
function Box({ id }: { id: string }) {
  const { data } = useApi('GET /rtv-batches/{id}', { id });
  if (!data) return null;
  return (
    <>
      {' → '}
      <Anchor
        component={Link}
        to={`/warehouse/batches/${id}` as never}
        c="inherit"
        fw={650}
        underline="always"
        display="inline-block"
        py={4}
      >
        {data.number}
      </Anchor>
    </>
  );
}
