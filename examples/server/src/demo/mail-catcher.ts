import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Hono } from 'hono';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { demoSender } from '../config.js';
import { newId } from '../domain/ids.js';
import { systemRandom } from '../ports/random.js';
import type { SmtpOptions } from '../adapters/smtp-mail-server.js';
import type { CaughtMail } from './caught-mail.js';
import { addMailPages } from './mail-pages.js';

export interface MailCatcher {
  /** How to send it mail. */
  smtp: SmtpOptions;
  /** Lets everybody read it, at `/mail` below the public path. */
  addTo(root: Hono, publicPath: string): void;
  close(): Promise<void>;
}

/** In memory, the oldest making way. */
const kept = 200;
const largest = 1024 * 1024;

const read = async (raw: Buffer, to: string[]): Promise<CaughtMail> => {
  const { from, subject = '', text = '', html = '', headers } = await PostalMime.parse(raw);
  return {
    id: newId(systemRandom),
    receivedAt: new Date().toISOString(),
    from: from?.address ?? '',
    to,
    subject,
    text,
    html,
    headers: headers.map(({ key, value }) => ({ name: key, value })),
  };
};

/** The demo's mail server: takes all there is, on this machine alone, and sends it nowhere. */
export const startMailCatcher = async (): Promise<MailCatcher> => {
  const mails: CaughtMail[] = [];
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    size: largest,
    onData(stream, { envelope }, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        if (stream.sizeExceeded) return done(new Error('Too large'));
        read(
          Buffer.concat(chunks),
          envelope.rcptTo.map(({ address }) => address),
        )
          .then((mail) => {
            mails.unshift(mail);
            mails.splice(kept);
            done();
          })
          .catch(() => done(new Error('Not a mail')));
      });
    },
  });
  const listener = server.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = listener.address() as AddressInfo;
  // A sender that ends without a word is none of our business.
  server.on('error', () => {});
  return {
    smtp: { url: `smtp://127.0.0.1:${port}`, from: demoSender },
    addTo: (root, publicPath) => addMailPages(root, mails, publicPath),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
};
