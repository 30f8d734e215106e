/** Codes of Node and OpenSSL in plain words. https://nodejs.org/api/errors.html, https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const words: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'Nothing listens there: the connection was refused.',
  ECONNRESET: 'The other side closed the connection at once.',
  EPIPE: 'The other side closed the connection at once.',
  EHOSTUNREACH: 'There is no way to this host.',
  ENETUNREACH: 'There is no way to this network.',
  ETIMEDOUT: 'Nothing answered.',
  ENOTFOUND: 'The name of the host is unknown.',
  EAI_AGAIN: 'The name of the host could not be looked up: name service does not answer.',
  EACCES: 'This machine does not let Muster connect there.',
  CERT_HAS_EXPIRED: 'Its certificate has expired.',
  CERT_NOT_YET_VALID: 'Its certificate is not valid yet; check the clocks.',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'Its certificate is signed by itself, so nobody vouches for it.',
  SELF_SIGNED_CERT_IN_CHAIN: 'Its certificate leads to an authority that this machine does not know.',
  UNABLE_TO_GET_ISSUER_CERT: 'Its certificate leads to an authority that this machine does not know.',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'Its certificate leads to an authority that this machine does not know.',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'Its certificate comes without the chain that leads to a known authority.',
  ERR_TLS_CERT_ALTNAME_INVALID: 'Its certificate is for another name.',
  CERT_REVOKED: 'Its certificate was revoked.',
  EPROTO: 'It does not speak TLS as it should.',
  ERR_SSL_WRONG_VERSION_NUMBER: 'It does not speak TLS.',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'It does not speak TLS.',
  HPE_INVALID_CONSTANT: 'It does not speak HTTP.',
  HPE_INVALID_VERSION: 'It does not speak HTTP.',
  HPE_HEADER_OVERFLOW: 'Its headers are larger than Muster reads.',
}

/** What went wrong on a connection, as a sentence. */
export function connectionWords(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return connectionWords(error.errors[0])
  if (!(error instanceof Error)) return `It failed: ${String(error)}.`
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  const known = Object.hasOwn(words, code) ? words[code] : undefined
  if (known !== undefined) return known
  if (code.startsWith('HPE_')) return 'It does not speak HTTP as it should.'
  return `It failed: ${error.message.slice(0, 200)}${code === '' || error.message.includes(code) ? '' : ` (${code})`}.`
}
