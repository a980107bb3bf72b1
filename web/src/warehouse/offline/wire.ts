import { callApi, upload } from '../../app/api/client.ts';
import type { Input } from '../../app/api/contract.ts';
import type { Command, ReturnView } from './model.ts';
import type { Wire } from './sender.ts';

const PATIENCE_MS = 60_000;
const PHOTO_PATIENCE_MS = 180_000;

/** The waiting steps as requests. The same step has the same key and ids, so that its repetition has no effect. */
export const wire: Wire = {
  send: ({ returnId: id, id: idempotencyKey, step }) => {
    const options = { idempotencyKey, signal: AbortSignal.timeout(PATIENCE_MS) };
    return requestOf(id, step, options);
  },
  async sendPhoto({ id: idempotencyKey }, photo, file) {
    const { returnId: id, clientPhotoId, itemId, kind, takenAt } = photo;
    const about = itemId === null ? { kind: kind === 'item' ? ('parcel' as const) : kind } : { itemId };
    const signal = AbortSignal.timeout(PHOTO_PATIENCE_MS);
    const kept = await upload(
      'POST /returns/{id}/photos',
      { id, clientPhotoId, takenAt, ...about },
      { file, filename: `${clientPhotoId}.jpg`, idempotencyKey, signal },
    );
    if (photo.sha256 !== null && kept.sha256 !== photo.sha256) throw new PhotoDiffers();
    return kept;
  },
};

/** What the server has is not what was taken; the photo stays on the device. */
class PhotoDiffers extends Error {
  readonly status = 409;
  readonly code = 'PHOTO_DIFFERS';
  readonly detail = 'The server keeps other bytes than the device';
}

function requestOf(
  id: string,
  step: Command['step'],
  options: { idempotencyKey: string; signal: AbortSignal },
): Promise<ReturnView> {
  switch (step.kind) {
    case 'create':
      return callApi('POST /returns', { id, ...step.body }, options);
    case 'receive':
      return callApi(
        'POST /returns/{id}/receive',
        { id, ...step.body } as Input<'POST /returns/{id}/receive'>,
        options,
      );
    case 'addItem':
      return callApi('POST /returns/{id}/items', { id, ...step.body }, options);
    case 'inspect':
      return callApi('POST /returns/{id}/items/{itemId}/inspection', { id, ...step.body }, options);
    case 'complete':
      return callApi('POST /returns/{id}/complete', { id, ...step.body }, options);
    case 'photo':
      throw new Error('A photo is sent with its file');
  }
}
