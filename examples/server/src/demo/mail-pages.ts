import type { Hono } from 'hono';
import { html } from 'hono/html';
import type { CaughtMail } from './caught-mail.js';

/** A page that runs nothing, and shows a mail's HTML only in a frame that may do no more than follow a link. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "style-src 'self'",
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const sandbox = 'allow-popups allow-popups-to-escape-sandbox';

/** As its sender has dressed it, and nothing more: no script, no picture from elsewhere. */
const mailPolicy = [
  `sandbox ${sandbox}`,
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
].join('; ');

const headers = {
  'Content-Security-Policy': contentSecurityPolicy,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
};

const styles = `
:root { color-scheme: light dark; font: 14px/1.5 system-ui, sans-serif; background: light-dark(#fff, #16181d); color: light-dark(#1d1f24, #eceef2); }
body { margin: 0; }
main { max-width: 880px; margin: 0 auto; padding: 24px 16px; }
h1 { font-size: 20px; margin: 0 0 16px; overflow-wrap: anywhere; }
ul { list-style: none; margin: 0; padding: 0; border-top: 1px solid #8884; }
li a { display: grid; gap: 0 16px; grid-template-columns: 1fr auto; padding: 10px 8px; border-bottom: 1px solid #8884; color: inherit; text-decoration: none; }
li a:hover { background: #8881; }
strong { font-weight: 600; overflow-wrap: anywhere; }
small, dt, .muted { color: light-dark(#555, #aaa); }
small { grid-column: 1; }
time { font-variant-numeric: tabular-nums; }
dl { display: grid; grid-template-columns: auto 1fr; gap: 2px 16px; margin: 0 0 16px; }
dd { margin: 0; overflow-wrap: anywhere; }
iframe { inline-size: 100%; block-size: 420px; border: 1px solid #8884; border-radius: 8px; background: Canvas; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font: 13px/1.5 ui-monospace, monospace; padding: 12px; border: 1px solid #8884; border-radius: 8px; }
`;

const page = (publicPath: string, title: string, body: ReturnType<typeof html>) => html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="stylesheet" href="${publicPath}/mail/styles.css">
</head>
<body>
<main>
${body}
</main>
</body>
</html>`;

const listPage = (publicPath: string, mails: readonly CaughtMail[]) =>
  page(
    publicPath,
    'Mail',
    html`<h1>Mail</h1>
<p class="muted">All e-mail that this demo sends appears here until you stop the demo. Reload to see new messages.</p>
${
  mails.length > 0
    ? html`<ul>${mails.map(
        ({ id, subject, to, receivedAt }) =>
          html`<li><a href="${publicPath}/mail/${id}"><strong>${subject}</strong> <time datetime="${receivedAt}">${receivedAt.slice(0, 16).replace('T', ' ')} UTC</time> <small>to ${to.join(', ')}</small></a></li>`,
      )}</ul>`
    : html`<p>No mail yet.</p>`
}`,
  );

const mailPage = (publicPath: string, { id, subject, from, to, receivedAt, text }: CaughtMail) =>
  page(
    publicPath,
    subject,
    html`<p><a href="${publicPath}/mail">All mail</a></p>
<h1>${subject}</h1>
<dl><dt>From</dt><dd>${from}</dd><dt>To</dt><dd>${to.join(', ')}</dd><dt>Received</dt><dd>${receivedAt}</dd></dl>
<iframe title="HTML" sandbox="${sandbox}" src="${publicPath}/mail/${id}/html"></iframe>
<h2>Plain text</h2>
<pre>${text}</pre>`,
  );

/** Where what the demo has caught can be read: by people, and as `/mail/messages.json`. The newest first. */
export const addMailPages = (root: Hono, mails: readonly CaughtMail[], publicPath: string): void => {
  const find = (id: string) => mails.find((mail) => mail.id === id);

  root.get('/mail/messages.json', (context) => context.json({ data: mails }, 200, headers));
  root.get('/mail/styles.css', (context) => context.body(styles, 200, { ...headers, 'Content-Type': 'text/css' }));
  root.get('/mail', async (context) => context.html(await listPage(publicPath, mails), 200, headers));
  root.get('/mail/:id', async (context) => {
    const mail = find(context.req.param('id'));
    return mail ? context.html(await mailPage(publicPath, mail), 200, headers) : context.notFound();
  });
  root.get('/mail/:id/html', (context) => {
    const mail = find(context.req.param('id'));
    if (!mail) return context.notFound();
    // Out of the frame, which may go nowhere itself.
    return context.html(mail.html.replace('<head>', '<head><base target="_blank">'), 200, {
      ...headers,
      'Content-Security-Policy': mailPolicy,
    });
  });
};
