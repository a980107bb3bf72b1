/** Refusals of files that are read in. */
export const fileCodes = {
  EMPTY_FILE: 'Die Datei ist leer.',
  FILE_TOO_LARGE: 'Die Datei ist zu groß.',
  ARCHIVE_BROKEN: 'Die gepackte Datei ist beschädigt oder unvollständig.',
  NOT_UTF8: 'Der Text der Datei ist nicht lesbar. Speichern Sie die Tabelle als CSV (UTF-8).',
  UTF16: 'Der Text der Datei ist nicht lesbar. Speichern Sie die Tabelle als CSV (UTF-8).',
  NUL_CHARACTER: 'In der Datei steht ein Zeichen, das kein Text ist. Speichern Sie die Tabelle als CSV (UTF-8).',
  CSV_BROKEN: 'Diese Zeile ist nicht lesbar. Vielleicht fehlt ein Anführungszeichen.',
  COLUMN_AMBIGUOUS: 'Eine Spalte, die gebraucht wird, gibt es in der Datei zweimal.',
  UNKNOWN_PROFILE: 'Dieses Importprofil gibt es nicht.',
  IMPORT_REPORT_NOT_READY: 'Den Fehlerbericht gibt es erst, wenn der Import fertig ist.',
} as const;
