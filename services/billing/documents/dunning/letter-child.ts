import { serveTasks } from '../../../../shared/runtime/child-tasks.ts';
import { renderDunningLetter, type LetterTask } from './render-dunning-letter.ts';

// the module of the children of `openLetterRenderer`
serveTasks<LetterTask, Buffer>(renderDunningLetter);
