import { serveTasks } from '../../../shared/runtime/child-tasks.ts';
import type { Drawing } from './document-renderer.ts';
import { renderPictureLabel } from './picture-label.ts';
import { renderLabels } from './render-labels.ts';
import { renderPackingList } from './render-packing-list.ts';
import { renderReturnSlip } from './render-return-slip.ts';

// the module of the children of `openDocumentRenderer`
serveTasks<Drawing, Buffer>((drawing) => {
  switch (drawing.kind) {
    case 'packingList':
      return renderPackingList(drawing.list);
    case 'labels':
      return renderLabels(drawing.labels);
    case 'pictureLabel':
      return renderPictureLabel(drawing.label);
    case 'returnSlip':
      return renderReturnSlip(drawing.slip);
  }
});
