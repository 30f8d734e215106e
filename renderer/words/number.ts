/** What a person says of an incident's number: '0412' of 'INC-2026-1121-0412'. */
export function shortNumber(number: string): string {
  return number.split('-').at(-1) ?? number
}
