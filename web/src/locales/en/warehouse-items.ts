import type { TextsLike } from '../../app/i18n/texts.ts';
import type { warehouseItems as german } from '../de/warehouse-items.ts';

/** What is done with one item beside its inspection. */
export const warehouseItems: TextsLike<typeof german> = {
  itemSteps: {
    label: 'Print label',
    link: 'Link article',
    linkAgain: 'Another article',
    unbundle: 'Take set apart',
    stillSending: 'Something of this return is still waiting to be sent. It works as soon as the server has all of it.',
    noMerchant: 'The merchant has to be matched first, because articles belong to a merchant.',
  },
  link: {
    title: 'Which article is it?',
    written: 'It was written down as: {{name}}',
    field: 'Article',
    hint: 'Scan an EAN or SKU, or type how its name begins',
    nothing: 'This merchant has no article “{{text}}”.',
    searching: 'Searching',
    surplusHint: 'Less of it was shipped with this order than came back. Give the reason and choose the article again.',
  },
  unbundle: {
    title: 'What of the set is here?',
    lead: 'The rest is expected, and reported as missing in the end.',
    pieces: 'Pieces of {{name}}',
    of: 'of {{count}}',
    fewer: '{{name}}: one piece fewer',
    more: '{{name}}: one piece more',
    submit: 'Take apart',
  },
};
