import { serveTasks } from '../../../../shared/runtime/child-tasks.ts';
import type { DunningLetterModel } from './dunning-letter-model.ts';
import { renderDunningLetter } from './render-dunning-letter.ts';

// the module of the children of `openLetterRenderer`
serveTasks<DunningLetterModel, Buffer>(renderDunningLetter);
