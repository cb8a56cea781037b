import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

export interface ReceivedMail extends Email {
  /** To whom it was handed over, whatever stands in it. */
  recipient: string;
}

/** A real mail server on a port of its own, which can be away for a while. */
export interface MailServer {
  /** The settings of a server that sends by this mail server. */
  env: { SMTP_URL: string; MAIL_FROM: string; PUBLIC_URL: string };
  /** All that it has accepted, the first first. */
  mails: ReceivedMail[];
  start: () => Promise<void>;
  stop: () => Promise<void>;
}

/**
 * @param options What else it does, as refusing a recipient.
 * @param received What happens between its having a mail and its saying so.
 */
export const startMailServer = async (
  options: SMTPServerOptions = {},
  received: () => void = () => {},
): Promise<MailServer> => {
  const mails: ReceivedMail[] = [];
  let port = 0;
  let server: SMTPServer | undefined;
  const start = async () => {
    server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      closeTimeout: 100,
      onData(stream, { envelope }, done) {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          void PostalMime.parse(Buffer.concat(chunks)).then((mail) => {
            mails.push({ ...mail, recipient: envelope.rcptTo.map(({ address }) => address).join(' ') });
            received();
            done();
          });
        });
      },
      ...options,
    });
    server.on('error', () => {});
    const listener = server.listen(port, '127.0.0.1');
    await once(listener, 'listening');
    ({ port } = listener.address() as AddressInfo);
  };
  await start();
  return {
    env: {
      SMTP_URL: `smtp://127.0.0.1:${port}`,
      MAIL_FROM: 'Cockpit <no-reply@cockpit.example>',
      PUBLIC_URL: 'https://cockpit.example',
    },
    mails,
    start,
    stop: () => new Promise((resolve) => (server ? server.close(() => resolve()) : resolve())),
  };
};
