import type { Certificate, KnockedPort } from '../docker/snapshot.ts'
import { containerDraft } from './container-draft.ts'
import { type ContainerView, engineItems } from './container-view.ts'
import type { Draft } from './draft.ts'
import type { KnockedPorts } from './published-port.ts'
import { plain, spanInWords } from './words.ts'

const day = 86_400_000
/** Certificates that live for days are renewed late: of those the last quarter counts. */
const soonMs = 14 * day
const soonPart = 0.25

/**
 * D23: a published port serves a certificate that has expired, is not good yet, soon expires, or is for other names than those
 * that its proxy is set to serve. Names are judged only where labels or the environment tell them; who signed it is not.
 */
export function certificateDraft(view: ContainerView, ports: KnockedPorts, now: number): Draft | null {
  if (view.state !== 'running') return null
  const wrong = (ports.get(view.object.id) ?? [])
    .flatMap((port) => port.certificates.map((certificate) => faultOf(view, { port, certificate }, now) ?? []).flat())
    .toSorted((a, b) => a.tier - b.tier)
  const [gravest] = wrong
  if (gravest === undefined) return null
  const titles = new Set(wrong.map(({ title }) => title))
  const more = titles.size - 1
  const draft = containerDraft(view, {
    ...gravest,
    code: 'D23',
    why:
      more === 0 ? gravest.why : `${gravest.why} ${more} more of its certificates ${more === 1 ? 'is' : 'are'} wrong.`,
    signs: [],
    mayFollow: false,
    quotesLog: false,
  })
  return { ...draft, evidence: [...draft.evidence, engineItems.published] }
}

interface Shown {
  readonly port: KnockedPort
  readonly certificate: Certificate
}

type Fault = Pick<Draft, 'tier' | 'title' | 'why' | 'cause' | 'sure' | 'since' | 'next'>

function faultOf(view: ContainerView, { port, certificate }: Shown, now: number): Fault | null {
  const { name } = view.object
  const [from, to] = [Date.parse(certificate.validFrom), Date.parse(certificate.validTo)]
  const which = `${name} on port ${port.hostPort}`
  const asked = certificate.host === null ? '' : ` for ${plain(certificate.host, 100)}`
  const whose = `It is for ${namesOf(certificate)}, signed by ${plain(certificate.issuer, 100) || 'nobody named'}.`
  if (to <= now) {
    return {
      tier: 1,
      title: `the certificate of ${which} has expired`,
      why: `What it shows${asked} expired ${spanInWords(now - to)} ago: whoever checks it refuses the connection. ${whose}`,
      cause: `certificate expired on ${certificate.validTo.slice(0, 10)}`,
      sure: 'measured',
      since: certificate.validTo,
      next: 'Renew it, and restart or reload what serves it; then see why it was not renewed by itself.',
    }
  }
  if (from > now) {
    return {
      tier: 1,
      title: `the certificate of ${which} is not good yet`,
      why: `What it shows${asked} is good from ${certificate.validFrom} on: whoever checks it refuses the connection. ${whose}`,
      cause: 'certificate of the future, or a clock that is off',
      sure: 'measured',
      since: null,
      next: 'Compare the clock of whoever signed it with this one; serve the one before until then.',
    }
  }
  const stranger = wrongName(view, { port, certificate }, which)
  if (stranger !== null) return stranger
  if (to - now > Math.min(soonMs, (to - from) * soonPart)) return null
  return {
    tier: 2,
    title: `the certificate of ${which} expires in ${spanInWords(to - now)}`,
    why: `What it shows${asked} is good until ${certificate.validTo}. ${whose}`,
    cause: 'it was not renewed',
    sure: 'measured',
    since: null,
    next: 'Renew it before then, and see why it was not renewed by itself.',
  }
}

/** Where a name is only said to be served, and not that it is by TLS, another certificate may be meant. */
function wrongName({ facts, object }: ContainerView, { port, certificate }: Shown, which: string): Fault | null {
  const { host, covers } = certificate
  if (host === null || covers !== false) return null
  const isByTls = port.tlsHosts.includes(host)
  const isOwn = facts?.hosts.some(({ name }) => name === host) === true
  return {
    tier: isByTls ? 1 : 2,
    title: `${which} shows a certificate for another name than ${plain(host, 100)}`,
    why: `${isOwn ? 'It' : 'Something behind it'} is set to be served as ${plain(host, 100)}${isByTls ? ' by TLS' : ''}, and the certificate shown is for ${namesOf(certificate)}: whoever checks it refuses the connection.`,
    cause: `no certificate for ${plain(host, 100)} in ${object.name}`,
    sure: isByTls ? 'measured' : 'possible',
    since: null,
    next: `See in its log why it has none for ${plain(host, 100)}, often a challenge that fails.`,
  }
}

function namesOf({ names, subject }: Certificate): string {
  const [first, ...rest] = names
  if (first === undefined) return plain(subject, 100) || 'no name'
  return `${plain(first, 100)}${rest.length === 0 ? '' : ` and ${rest.length} more`}`
}
