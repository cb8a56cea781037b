const trust = 'trust its authority by NODE_EXTRA_CA_CERTS=/path/of/ca.pem';

const words: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing accepts connections at that host and port',
  ECONNRESET: 'the connection was closed by the other side',
  EPIPE: 'the connection was closed by the other side',
  ENOTFOUND: 'DNS does not know that host name',
  EAI_AGAIN: 'DNS does not answer',
  ENODATA: 'DNS knows no address of that host name',
  ETIMEDOUT: 'there was no answer in time',
  UND_ERR_CONNECT_TIMEOUT: 'there was no answer in time',
  UND_ERR_HEADERS_TIMEOUT: 'there was no answer in time',
  UND_ERR_SOCKET: 'the connection was closed by the other side',
  EHOSTUNREACH: 'there is no way to that host',
  ENETUNREACH: 'there is no way to that network',
  EADDRNOTAVAIL: 'there is no way to that address',
  DEPTH_ZERO_SELF_SIGNED_CERT: `the certificate is self-signed: ${trust}`,
  SELF_SIGNED_CERT_IN_CHAIN: `the certificate is of an authority that is not trusted: ${trust}`,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: `the certificate is of an authority that is not trusted: ${trust}`,
  UNABLE_TO_GET_ISSUER_CERT: `the certificate is of an authority that is not trusted: ${trust}`,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: `the certificate is of an authority that is not trusted: ${trust}`,
  CERT_HAS_EXPIRED: 'the certificate has expired',
  CERT_NOT_YET_VALID: 'the certificate is not valid yet: is this clock right?',
  ERR_TLS_CERT_ALTNAME_INVALID: 'the certificate is for another host name',
  ERR_SSL_WRONG_VERSION_NUMBER: 'there is no TLS at that port',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'there is no TLS at that port',
  EPROTO: 'the two sides agree on no TLS',
};

const codeOf = (error: unknown): string | null =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;

/** Why a connection failed, by the code of the system, of TLS or of `fetch`; `null` for any other. */
export const networkFault = (code: string | null | undefined): string | null =>
  (code && Object.hasOwn(words, code) && words[code]) || null;

/** The same of an error, which may stand behind others: a failed `fetch` has it as its cause. */
export const networkFaultOf = (error: unknown): string | null => {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    const [first] = at instanceof AggregateError ? (at.errors as unknown[]) : [];
    const fault = networkFault(codeOf(at)) ?? networkFault(codeOf(first));
    if (fault) return fault;
  }
  return null;
};
