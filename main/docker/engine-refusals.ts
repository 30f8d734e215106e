import { refuse, type RefusalCode, RefusalError } from '../../shared/refusal.ts'
import { redact } from '../../shared/redaction/redact.ts'
import type { EngineCall } from './calls.ts'

/** What the system says when no connection or no answer came about, as a refusal. */
export function connectionRefusal(call: Pick<EngineCall, 'what'>, error: Error): RefusalError {
  if (error instanceof RefusalError) {
    const { code, happened, next } = error.refusal
    return refuse(code, { tried: call.what, happened, next, cause: error })
  }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  const said = connectionWords(code) ??
    tlsWords(code) ?? {
      code: 'bad-answer' as const,
      happened: `The connection failed: ${printable(error.message)}.`,
      next: 'Check what answers at this address.',
    }
  return refuse(said.code, { tried: call.what, happened: said.happened, next: said.next, cause: error })
}

function connectionWords(code: string): Words | null {
  if (code.startsWith('HPE_')) {
    return {
      code: 'bad-answer',
      happened: `What came back is not HTTP (${code}).`,
      next: 'Check the address. A port that wants TLS answers so.',
    }
  }
  switch (code) {
    case 'ENOENT':
      return {
        code: 'unreachable',
        happened: 'The socket does not exist (ENOENT).',
        next: 'Start Docker, or choose another engine.',
      }
    case 'ECONNREFUSED':
      return {
        code: 'unreachable',
        happened: 'Nothing listens there (ECONNREFUSED).',
        next: 'Start Docker, or choose another engine.',
      }
    case 'EACCES':
    case 'EPERM':
      return {
        code: 'no-permission',
        happened: `This user may not open it (${code}).`,
        next: 'Add the user to the group that owns the socket (often `docker`), then sign in again.',
      }
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return {
        code: 'unreachable',
        happened: `The host's name has no address (${code}).`,
        next: 'Check the name, and the network.',
      }
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'ETIMEDOUT':
      return {
        code: 'unreachable',
        happened: `The host cannot be reached (${code}).`,
        next: 'Check the network and the address.',
      }
    case 'ECONNRESET':
    case 'EPIPE':
      return {
        code: 'bad-answer',
        happened: `The engine closed the connection (${code}).`,
        next: 'Check whether the engine has just been restarted. Then sweep again.',
      }
    default:
      return null
  }
}

interface Words {
  readonly code: RefusalCode
  readonly happened: string
  readonly next: string
}

/**
 * What a handshake came to nothing by. Codes of Node (https://nodejs.org/api/tls.html#x509-certificate-error-codes) and,
 * for what the engine thinks of this side's certificate, OpenSSL's alerts.
 */
function tlsWords(code: string): Words | null {
  const theirs = theirCertificate[code]
  if (theirs !== undefined) return { code: 'no-permission', happened: `${theirs} (${code}).`, next: checkTheirs }
  if (/^ERR_SSL_.*ALERT_CERTIFICATE_REQUIRED$/.test(code)) {
    return {
      code: 'no-permission',
      happened: `The engine wants a client certificate, and got none (${code}).`,
      next: 'Put cert.pem and key.pem where DOCKER_CERT_PATH or the docker context says.',
    }
  }
  if (
    /^ERR_SSL_.*ALERT_(BAD_CERTIFICATE|UNKNOWN_CA|CERTIFICATE_\w+|UNSUPPORTED_CERTIFICATE|ACCESS_DENIED)$/.test(code)
  ) {
    return {
      code: 'no-permission',
      happened: `The engine does not accept this client's certificate (${code}).`,
      next: "Check that cert.pem is signed by the engine's own authority and has not expired.",
    }
  }
  if (code === 'EPROTO' || code.startsWith('ERR_SSL_')) {
    return {
      code: 'bad-answer',
      happened: `What answers does not speak TLS as it should (${code}).`,
      next: 'Check the port: 2376 is the usual one with TLS, 2375 the one without.',
    }
  }
  return null
}

const unknownAuthority = "The engine's certificate leads to an authority that is not known here"
const theirCertificate: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: "The engine's certificate has expired",
  CERT_NOT_YET_VALID: "The engine's certificate is not valid yet; a clock may be wrong",
  CERT_REVOKED: "The engine's certificate was revoked",
  ERR_TLS_CERT_ALTNAME_INVALID: "The engine's certificate is for another name than this one",
  DEPTH_ZERO_SELF_SIGNED_CERT: "The engine's certificate is signed by itself, and ca.pem does not vouch for it",
  SELF_SIGNED_CERT_IN_CHAIN: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownAuthority,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownAuthority,
  CERT_SIGNATURE_FAILURE: unknownAuthority,
}
const checkTheirs =
  'Do not go on before you know why: somebody else may answer. Check the address, ca.pem, and the certificate of the engine.'

/** An answer whose status is not 2xx. The engine says why in JSON: {"message": "No such container: x"}. */
export function statusRefusal(call: Pick<EngineCall, 'what'>, status: number, body: Buffer): RefusalError {
  const message = printable(messageOf(body))
  const said = message === '' ? `The engine answered ${status}.` : `The engine answered ${status}: ${message}`
  const code: RefusalCode =
    status === 404 ? 'not-found' : status === 401 || status === 403 ? 'no-permission' : statusOther(message)
  return refuse(code, { tried: call.what, happened: said, next: nextAfter(code) })
}

function statusOther(message: string): RefusalCode {
  return /client version .* is too (?:old|new)|does not support reading/i.test(message) ? 'unsupported' : 'bad-answer'
}

function nextAfter(code: RefusalCode): string {
  if (code === 'not-found') return 'Sweep again: it may have been removed meanwhile.'
  if (code === 'no-permission') return 'Ask for the right to read from this engine.'
  if (code === 'unsupported') return 'Read it where it is kept; the engine cannot give it.'
  return "Look into the engine's own log."
}

function messageOf(body: Buffer): string {
  const text = body.toString('utf8')
  try {
    const parsed: unknown = JSON.parse(text)
    if (parsed !== null && typeof parsed === 'object' && 'message' in parsed) return String(parsed.message)
  } catch (error) {
    // Not JSON: a proxy's page, or plain text. It is shown as it is.
    if (!(error instanceof SyntaxError)) throw error
  }
  return text
}

/** One line, masked, of printable characters, 300 at most. */
export function printable(text: string): string {
  const line = text
    .slice(0, 2_000)
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
  return redact({ kind: 'text', text: line }).item.text.slice(0, 300)
}
