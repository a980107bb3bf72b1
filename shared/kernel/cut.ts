/**
 * The beginning of a text. Cutting by UTF-16 units would leave half of a sign behind, which no database takes.
 * @param most  code points, as databases count them
 */
export function cut(text: string, most: number): string {
  // no text has more code points than units
  if (text.length <= most) return text;
  let end = 0;
  for (let points = 0; points < most && end < text.length; points++) end += text.codePointAt(end)! > 0xffff ? 2 : 1;
  return text.slice(0, end);
}
