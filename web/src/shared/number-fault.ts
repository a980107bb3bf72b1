import { showField } from './show-field.ts';

/**
 * Whether a number below `root` cannot be sent as it was typed; the first one gets the focus and says why.
 * @param root  a form, or everything
 */
export function hasNumberFault(root: ParentNode | null): boolean {
  const field = root?.querySelector<HTMLElement>('[data-out-of-range]');
  if (field) showField(field);
  return Boolean(field);
}
