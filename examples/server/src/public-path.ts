/** The path prefix that clients see before every path of this server: `/tools/cockpit`, or empty. No trailing slash. */
export const publicPathOf = (publicUrl: string): string => new URL(publicUrl).pathname.replace(/\/+$/, '');
