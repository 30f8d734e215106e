/** What a person says of an incident's number: '0412' of 'INC-2026-1121-0412', '0412-B' where numbers collide. */
export function shortNumber(number: string): string {
  return number.replace(/^INC-\d{4}-\d{4}-/, '')
}
