/** One mail to one person. */
export interface Mail {
  /** In angle brackets: what a mailbox that gets the same mail again knows it by. */
  messageId: string;
  /** Epoch milliseconds. */
  date: number;
  to: string;
  /** The name of the sender, where the configured one has none. */
  senderName: string;
  subject: string;
  text: string;
  html: string;
  /** Where a mail program asks, in one click (RFC 8058), for no more of these. */
  unsubscribeUrl: string;
}

/** A reason that people can do something about: their address needs what the mail server has not. */
export const smtpUtf8NotOffered = 'SMTPUTF8 is not offered by the mail server';

/**
 * The result of sending a mail. `refused`: it will never be delivered. `deferred`: it was not accepted now.
 * `unavailable`: the server accepts none now; if its answer was lost, this mail may have been delivered.
 */
export interface Delivery {
  outcome: 'accepted' | 'refused' | 'deferred' | 'unavailable';
  /** For whoever runs the server: a code, and nothing of the mail or of a password. */
  reason?: string;
}

/** The connection that sends mail. */
export interface MailServer {
  /** Whether there is one. */
  readonly ready: boolean;
  /** Ends within a minute; throws nothing. */
  send(mail: Mail): Promise<Delivery>;
}

/** Where none is configured. */
export const noMailServer: MailServer = {
  ready: false,
  send: () => Promise.resolve({ outcome: 'unavailable', reason: 'not configured' }),
};
