import type { TextsLike } from '../../app/i18n/texts.ts';
import type { warehouseSteps as german } from '../de/warehouse-steps.ts';

export const warehouseSteps: TextsLike<typeof german> = {
  notKept: {
    title: 'NOT saved',
    full: 'The storage of this device is full. Connect it to a network, so that what waits is sent.',
    failed: 'Please try again. If it fails again, reload the page. ({{detail}})',
  },
  serials: {
    repeated: 'This number stands further up already.',
    lack: '{{name}}: the same serial number twice.',
  },
  labelFirst: 'Photograph the label first, then inspect.',
  refusedBecause: {
    TOO_MANY_SERIAL_NUMBERS: 'There are more of them than pieces.',
    TOO_MANY: 'There are not that many.',
    NOT_EXPECTED: 'This has come already.',
    ITEM_COUNTED_TWICE: 'Something is counted twice.',
  },
  refusedField: {
    serialNumbers: 'Serial numbers: {{problem}}',
    quantity: 'Pieces: {{problem}}',
    note: 'Finding: {{problem}}',
    reason: 'Reason: {{problem}}',
    disposition: 'Disposition: {{problem}}',
    batchNumber: 'Batch number: {{problem}}',
    bestBefore: 'Best before: {{problem}}',
    checklist: 'Checklist: {{problem}}',
    items: 'Counted goods: {{problem}}',
    trackingNumber: 'Tracking number: {{problem}}',
    sku: 'Article number: {{problem}}',
    name: 'Description: {{problem}}',
    other: '{{field}}: {{problem}}',
  },
};
