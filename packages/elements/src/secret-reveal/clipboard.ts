import type { Secret } from '@ai-cockpit/sdk';
import { curlCommand, type SecretRequest } from './curl-command.js';

/**
 * Copies a secret, or the command that sends a request with it. Not async: a suspended function would keep the text for
 * as long as the clipboard does not answer. On a page that came without TLS there is no clipboard, and this throws.
 */
export const writeToClipboard = (secret: Secret, request: SecretRequest | null): Promise<void> =>
  navigator.clipboard.writeText(request ? curlCommand(request, secret.reveal()) : secret.reveal());

/**
 * Rejects once the clipboard has had long enough. A browser that asks for permission does not answer until the person
 * does, and in some frames it never answers. WebKit lets a click copy for one second.
 */
export const copyTimeout = (): Promise<never> => new Promise((_, reject) => setTimeout(reject, 800));
