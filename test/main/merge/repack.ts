import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { extract, pack } from 'tar-stream'
import { bytesOf } from '../../../main/merge/tar-bytes.ts'
import { canonicalJson } from '../../../shared/journal/canonical.ts'
import { firstPrev, hashBody, hashHeader } from '../../../shared/journal/chain.ts'
import { type Line, lineSchema } from '../../../main/merge/incident-file.ts'
import { sha256 } from '../../../main/journal/sha256.ts'

export interface Member {
  name: string
  bytes: Buffer
  type?: 'file' | 'symlink' | 'directory'
  linkname?: string
}

export async function membersOf(file: string): Promise<Member[]> {
  const tar = extract()
  tar.end(readFileSync(file))
  const members: Member[] = []
  for await (const member of tar) {
    const parts: Uint8Array[] = []
    for await (const part of bytesOf(member)) parts.push(part)
    members.push({ name: member.header.name, bytes: Buffer.concat(parts) })
  }
  return members
}

/** Writes the members as a tar; its sums fit them unless `sums` is false. */
export async function writeMembers(file: string, members: readonly Member[], sums = true): Promise<void> {
  const tar = pack()
  for (const { name, bytes, type = 'file', linkname } of members) {
    const isSums = name === 'SHA256SUMS' && sums
    const content = isSums ? sumsOf(members) : bytes
    tar.entry({ name, type, size: content.length, ...(linkname === undefined ? {} : { linkname }) }, content)
  }
  tar.finalize()
  const parts: Uint8Array[] = []
  for await (const part of bytesOf(tar)) parts.push(part)
  writeFileSync(file, Buffer.concat(parts))
}

function sumsOf(members: readonly Member[]): Buffer {
  const end = members.findIndex(({ name }) => name === 'SHA256SUMS')
  const lines = members
    .slice(0, end)
    .map(({ name, bytes }) => `${createHash('sha256').update(bytes).digest('hex')}  ${name}\n`)
  return Buffer.from(lines.join(''))
}

export function linesOf(members: readonly Member[]): Line[] {
  const text = members.find(({ name }) => name === 'entries.jsonl')?.bytes.toString() ?? ''
  return text
    .trimEnd()
    .split('\n')
    .map((line) => lineSchema.parse(JSON.parse(line)))
}

/** The members with other entries, and a manifest that fits these. */
export function withLines(members: readonly Member[], lines: readonly Line[]): Member[] {
  return members.map((member) => {
    if (member.name === 'entries.jsonl') {
      return { ...member, bytes: Buffer.from(lines.map((line) => `${canonicalJson(line)}\n`).join('')) }
    }
    if (member.name !== 'incident.json') return member
    const heads = new Map(lines.map(({ chain, seq, hash }) => [chain, { chain, seq, hash }]))
    const manifest = { ...(JSON.parse(member.bytes.toString()) as object), entries: lines.length }
    const sorted = [...heads.values()].toSorted((a, b) => (a.chain < b.chain ? -1 : 1))
    return { ...member, bytes: Buffer.from(JSON.stringify({ ...manifest, heads: sorted })) }
  })
}

/** The lines of one chain with every hash made to fit again, as somebody does who rebuilds it. */
export function rehashed(lines: readonly Line[]): Line[] {
  const done: Line[] = []
  for (const line of lines) {
    const { prev: _prev, hash: _hash, salt, body, ...said } = line
    const prev = done.at(-1)?.hash ?? firstPrev(line.chain, sha256)
    const fits =
      body === null || salt === null ? said.body_hash : hashBody(Buffer.from(salt, 'hex'), Buffer.from(body), sha256)
    const header = { ...said, body_hash: fits }
    done.push({ ...header, prev, hash: hashHeader(prev, header, sha256), salt, body })
  }
  return done
}
