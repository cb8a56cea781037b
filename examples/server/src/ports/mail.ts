/** One mail to one person. */
export interface Mail {
  /** In angle brackets: what a mailbox that gets the same mail again knows it by. */
  messageId: string;
  /** Epoch milliseconds. */
  date: number;
  to: string;
  subject: string;
  text: string;
  html: string;
  /** Where a mail program asks, in one click (RFC 8058), for no more of these. */
  unsubscribeUrl: string;
}

/** A reason that people can do something about: their address needs what the mail server has not. */
export const smtpUtf8NotOffered = 'SMTPUTF8 is not offered by the mail server';

/**
 * What became of it. `refused`: this mail never goes. `deferred`: this mail does not go now. `unavailable`: none goes
 * now, as far as can be told; whether this one went is not known where the answer was lost.
 */
export interface Delivery {
  outcome: 'accepted' | 'refused' | 'deferred' | 'unavailable';
  /** For whoever runs the server: a code, and nothing of the mail or of a password. */
  reason?: string;
}

/** What mails are sent by. */
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
