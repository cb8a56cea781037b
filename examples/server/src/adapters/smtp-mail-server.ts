import { createTransport } from 'nodemailer';
import { encodeWord } from 'nodemailer/lib/mime-funcs';
import { networkFault } from './network-faults.js';
import { type Delivery, type Mail, type MailServer, smtpUtf8NotOffered } from '../ports/mail.js';

const second = 1000;

export interface SmtpMailServer extends MailServer {
  /** Why mail cannot be sent now; `null` where it can. */
  check(): Promise<string | null>;
  close(): void;
}

export interface SmtpOptions {
  /** `smtp://` or `smtps://`, with a name and password where the server asks for them. */
  url: string;
  /** A mailbox with a name, `AIP Console <no-reply@example.com>`, or without: then each mail has one of its own. */
  from: string;
}

const isLoopback = (hostname: string): boolean => /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);

/** The fields of nodemailer's errors, apart from the message. */
interface SmtpFault {
  code?: string;
  /** The server's answer, where it gave one. */
  responseCode?: number;
  /** The SMTP command that was answered. */
  command?: string;
  /** Of the system or of TLS, where there is one behind. */
  originalCode?: string;
  timeoutType?: string;
}

/** By nodemailer's own code, where nothing of the system or of TLS stands behind it. */
const inWords: Readonly<Record<string, string>> = {
  EAUTH: 'the server refuses the user or the password of SMTP_URL',
  ETLS: 'the server offers no STARTTLS at that port, or it failed; smtps:// speaks TLS from the start',
  ETIMEDOUT: 'there was no answer in time',
  EDNS: 'DNS does not know that host name',
  ECONNECTION: 'the server closed the connection',
  EPROTOCOL: 'what answers at that port is no mail server',
};

const greetingTimeout =
  'the server did not greet in time; a port that speaks TLS from the start, as 465, needs smtps://';

/** Describes a fault: its codes of SMTP or TLS, then the cause in words. */
const reasonOf = ({ code = 'unknown', responseCode, command, originalCode, timeoutType }: SmtpFault): string => {
  const facts = [code, responseCode, command, originalCode].filter(Boolean).join(' ');
  const cause =
    timeoutType === 'GREETING_TIMEOUT' ? greetingTimeout : (networkFault(originalCode) ?? inWords[code] ?? null);
  return cause ? `${facts}: ${cause}` : facts;
};

/** Tells a refused mail from an unavailable server. The error's text is not passed on: it may hold an address. */
const deliveryOf = (fault: SmtpFault): Delivery => {
  const { code = 'unknown', responseCode: status = 0, command = '' } = fault;
  const reason = reasonOf(fault);
  // A sender that is not taken, as a sign-in that fails, is for whoever runs the server to mend.
  const isOfMail = (code === 'EENVELOPE' || code === 'EMESSAGE') && (command !== 'MAIL FROM' || status === 0);
  // 421: it is about to close.
  if (!isOfMail || status === 421) return { outcome: 'unavailable', reason };
  return { outcome: status >= 400 && status < 500 ? 'deferred' : 'refused', reason };
};

/** Longest encoded word, as nodemailer has it for all others. */
const encodedWordLength = 52;

/**
 * Text that looks like an encoded word (RFC 2047) would pass as one of ours, and be shown as what it decodes to: a title
 * of somebody else's making could forge any text. Encoded again, it is shown as it was typed.
 */
const encodeLookalike = (text: string): string =>
  text.includes('=?') ? encodeWord(text, 'B', encodedWordLength) : text;

/** The lines of a server's answer to EHLO, which alone has several. */
const isGreeting = (answer: string): boolean => answer.startsWith('250-');

/** By SMTP. A password goes over TLS only, except on this machine; certificates are checked. */
export const smtpMailServer = ({ url, from }: SmtpOptions): SmtpMailServer => {
  const { protocol, hostname, port, username, password } = new URL(url);
  const secure = protocol === 'smtps:';
  /** Whether the server takes addresses with a local part beyond ASCII, as it said last; unknown until it is asked. */
  let offersUtf8: boolean | undefined;
  const ignore = (): void => {};
  const listen = ({ tnx }: { tnx?: string }, answer: unknown): void => {
    if (tnx === 'server' && typeof answer === 'string' && isGreeting(answer))
      offersUtf8 = /^250[ -]SMTPUTF8\b/im.test(answer);
  };
  const transport = createTransport({
    // The library tells nobody else which extensions there are. Nothing of it is written anywhere.
    logger: { level: ignore, trace: ignore, debug: listen, info: ignore, warn: ignore, error: ignore, fatal: ignore },
    transactionLog: true,
    pool: true,
    maxConnections: 4,
    // The outbox knows better when to try again.
    maxRequeues: 0,
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port) || (secure ? 465 : 587),
    secure,
    requireTLS: !secure && username !== '' && !isLoopback(hostname),
    ...(username && { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
    connectionTimeout: 10 * second,
    greetingTimeout: 10 * second,
    socketTimeout: 20 * second,
    dnsTimeout: 10 * second,
    disableFileAccess: true,
    disableUrlAccess: true,
  });

  const send = async ({
    to,
    senderName,
    messageId,
    date,
    subject,
    text,
    html,
    unsubscribeUrl,
  }: Mail): Promise<Delivery> => {
    try {
      if (/[^\0-\x7f]/.test(to)) {
        if (offersUtf8 === undefined) await transport.verify();
        // RFC 6531, 3.2: such an address must not be sent to a server that does not offer it.
        if (!offersUtf8) return { outcome: 'refused', reason: smtpUtf8NotOffered };
      }
      await transport.sendMail({
        from: from.includes('<') ? from : { name: encodeLookalike(senderName), address: from },
        // As an object, so that nothing in it is read as a second address.
        // The only name that it may need is its own: a bare local part is read as an encoded word by some.
        to: { name: to.includes('=?') ? encodeLookalike(to) : '', address: to },
        messageId,
        date: new Date(date),
        subject: encodeLookalike(subject),
        text,
        html,
        headers: {
          'List-Unsubscribe': `<${unsubscribeUrl}>`,
          'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
          'Auto-Submitted': 'auto-generated',
        },
        signal: AbortSignal.timeout(60 * second),
      });
      return { outcome: 'accepted' };
    } catch (error) {
      // Whatever is thrown is an error, and so has these members or none of them.
      return deliveryOf(error as SmtpFault);
    }
  };
  const check = async (): Promise<string | null> => {
    try {
      await transport.verify();
      return null;
    } catch (error) {
      return reasonOf(error as SmtpFault);
    }
  };
  return { ready: true, send, check, close: () => transport.close() };
};
