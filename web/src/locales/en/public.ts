import type { TextsLike } from '../../app/i18n/texts.ts';
import type { publicPages as german } from '../de/public.ts';

export const publicPages: TextsLike<typeof german> = {
  link: { title: 'Link', invalid: 'This link is not valid, or it has expired.' },
};
