/** A mail that was caught. */
export interface CaughtMail {
  id: string;
  receivedAt: string;
  from: string;
  to: string[];
  subject: string;
  text: string;
  html: string;
  /** Names in lower case, in their order. */
  headers: { name: string; value: string }[];
}
