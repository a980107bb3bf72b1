import type { TextsLike } from '../../app/i18n/texts.ts';
import type { fileCodes as german } from '../de/codes-files.ts';

export const fileCodes: TextsLike<typeof german> = {
  EMPTY_FILE: 'The file is empty.',
  FILE_TOO_LARGE: 'The file is too large.',
  ARCHIVE_BROKEN: 'The packed file is damaged or incomplete.',
  NOT_UTF8: 'The text of the file cannot be read. Save the table as CSV (UTF-8).',
  UTF16: 'The text of the file cannot be read. Save the table as CSV (UTF-8).',
  NUL_CHARACTER: 'The file has a character in it that is no text. Save the table as CSV (UTF-8).',
  CSV_BROKEN: 'This line cannot be read. A quotation mark may be missing.',
  COLUMN_AMBIGUOUS: 'A column that is needed is in the file twice.',
  UNKNOWN_PROFILE: 'There is no such import profile.',
  IMPORT_REPORT_NOT_READY: 'The report of errors is there when the import is done.',
};
