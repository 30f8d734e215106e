/**
 * SQL that spells what the hash of row `e` is over: its `prev`, and its header as the canonical JSON (RFC 8785) of its
 * columns, from the columns as they are stored. Two different rows never give the same text of the form below, so where the hash over it fits,
 * every column is what was hashed: nobody has spelt the same values in other bytes since (a space, an escape).
 */
export const linkSql = `concat(e.prev, '{"actor":', e.actor, ',"after":', e."after", ',"at":"', e.at, '","body_hash":"',
  e.body_hash, '","chain":"', e.chain, '","clock":', e.clock, ',"happened_at":"', e.happened_at, '","incident":"',
  e.incident, '","kind":"', e.kind, '","lamport":', e.lamport, ',"mode":"', e.mode, '","recorded_by":', e.recorded_by,
  ',"seq":', e.seq, ',"version":', e.version, '}')`

const hash = '"[0-9a-f]{64}"'
const chain = '"[0-9a-f]{32}"'
const time = String.raw`"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z"`
const counted = String.raw`[1-9]\d{0,15}`
const milliseconds = `(?:null|0|-?${counted})`
// What JSON.stringify writes: escapes only where they are needed, in their shortest form.
const text = String.raw`"(?:[^"\\\u0000-\u001f]|\\["\\bfnrt]|\\u00(?:0[0-7bef]|1[0-9a-f]))*"`
const person = String.raw`\{"contact":(?:null|${text}),"name":${text}\}`
const head = String.raw`\{"chain":${chain},"hash":${hash},"seq":${counted}\}`

/**
 * `prev` followed by a header in canonical form, column for column as `headerSchema` has them. Whoever passes has no member
 * too many, none missing, and nothing spelt otherwise; whether a time exists is not looked at.
 */
export const linkForm = new RegExp(
  [
    String.raw`^[0-9a-f]{64}\{"actor":${person}`,
    String.raw`"after":\[(?:${head}(?:,${head})*)?\]`,
    `"at":${time}`,
    `"body_hash":${hash}`,
    `"chain":${chain}`,
    String.raw`"clock":\{"by_ms":${milliseconds},"mark":"(?:steady|stepped)","skew_ms":${milliseconds}\}`,
    `"happened_at":${time}`,
    '"incident":"[0-7][0-9A-HJKMNP-TV-Z]{25}"',
    '"kind":"[a-z]+(?:-[a-z]+)*"',
    `"lamport":${counted}`,
    '"mode":"(?:live|exercise|routine)"',
    `"recorded_by":${person}`,
    `"seq":${counted}`,
    String.raw`"version":${counted}\}$`,
  ].join(','),
)
