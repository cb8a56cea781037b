import type { MailLocale } from '@ai-cockpit/sdk/contract';

/** The contents of a mail, before they become text and HTML. All of them are plain text, never markup. */
export interface MailBody {
  locale: MailLocale;
  /** The subject of the mail. */
  title: string;
  /** The line above its text: less than the subject where a fact says the rest. */
  heading: string;
  /** As `#2f5fd0`: of the button. */
  accent: string;
  facts: readonly (readonly [label: string, value: string])[];
  advice?: string;
  action: { label: string; url: string };
  reason: string;
  /** Where there is a page with a switch. */
  unsubscribe: { label: string; url: string } | null;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escape = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] ?? character);

export const textOf = ({ locale, heading, facts, advice, action, reason, unsubscribe }: MailBody): string => {
  const labelled = (label: string, value: string) => `${label}${locale === 'ja' ? '：' : ': '}${value}`;
  return [
    heading,
    '',
    ...facts.map(([label, value]) => labelled(label, value)),
    ...(advice ? ['', advice] : []),
    '',
    labelled(action.label, action.url),
    '',
    '-- ',
    reason,
    ...(unsubscribe ? [labelled(unsubscribe.label, unsubscribe.url)] : []),
    '',
  ].join('\n');
};

/** Black or white, whichever has the higher contrast on a colour as `#2f5fd0` (WCAG 2). */
const textOn = (colour: string): string => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 ? '#000000' : '#ffffff';
};

const font = "font-family: system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif";

export const htmlOf = ({
  locale,
  title,
  heading,
  accent,
  facts,
  advice,
  action,
  reason,
  unsubscribe,
}: MailBody): string => `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>${escape(title)}</title>
</head>
<body style="margin: 0; padding: 24px 16px; ${font}; font-size: 15px; line-height: 1.5">
<div style="max-width: 560px; margin: 0 auto">
<h1 style="margin: 0 0 16px; font-size: 20px; font-weight: 600; line-height: 1.3"><bdi>${escape(heading)}</bdi></h1>
<table role="presentation" style="border-collapse: collapse; margin: 0 0 16px">
${facts
  .map(
    ([label, value]) =>
      `<tr><td style="padding: 2px 16px 2px 0; opacity: 0.7; vertical-align: top">${escape(label)}</td><td style="padding: 2px 0"><bdi>${escape(value)}</bdi></td></tr>`,
  )
  .join('\n')}
</table>
${advice ? `<p style="margin: 0 0 16px">${escape(advice)}</p>` : ''}
<p style="margin: 0 0 24px"><a href="${escape(action.url)}" style="display: inline-block; padding: 8px 16px; border-radius: 8px; background: ${escape(accent)}; color: ${textOn(accent)}; text-decoration: none">${escape(action.label)}</a></p>
<p style="margin: 0; padding-top: 12px; border-top: 1px solid #8888; font-size: 13px; opacity: 0.8">${escape(reason)}${unsubscribe ? `<br><a href="${escape(unsubscribe.url)}" style="color: inherit">${escape(unsubscribe.label)}</a>` : ''}</p>
</div>
</body>
</html>
`;
