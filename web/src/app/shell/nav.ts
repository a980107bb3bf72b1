import type { Icon } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import type { Area } from '../i18n/texts.ts';
import type { Role } from '../session/desks.ts';

/** An entry of the navigation of a desk; the first four stand in the bar of a phone. */
export interface NavItem<Desk extends Area> {
  to: string;
  /** Key of the desk's own texts. */
  label: Parameters<TFunction<Desk>>[0] & string;
  icon: Icon;
  /** Only this very address makes it the current one. */
  exact?: boolean;
  /** Who may do something there; everybody of the desk without. */
  roles?: readonly Role[];
  /** A page of the server, not of this app. */
  outside?: boolean;
}
