const WRONG = '[aria-invalid="true"], .mantine-InputWrapper-error';
const TAKES_FOCUS = 'input, textarea, select, button, [tabindex]';

/**
 * Puts the focus on the first field that says what is wrong with it, in the middle of the screen: at its edges bars lie
 * over the page. A dialog goes before what it covers.
 * @param root  a form, or everything
 */
export function showWrongField(root: ParentNode | null = null): void {
  const dialogs = [...document.querySelectorAll('[role="dialog"]')].toReversed();
  for (const scope of root ? [root] : [...dialogs, document]) {
    const wrong = scope.querySelector<HTMLElement>(WRONG);
    // a group of choices has its words alone
    const field = wrong?.matches('[aria-invalid]')
      ? wrong
      : wrong?.parentElement?.querySelector<HTMLElement>(TAKES_FOCUS);
    if (wrong) return showField(field ?? wrong);
  }
}

/** Puts the focus on a field in the middle of the screen. */
export function showField(field: HTMLElement): void {
  field.focus({ preventScroll: true });
  field.scrollIntoView({ block: 'center' });
}
