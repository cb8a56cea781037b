/** What stands before every path of this server for clients: `/tools/cockpit`, or nothing. No slash at its end. */
export const publicPathOf = (publicUrl: string): string => new URL(publicUrl).pathname.replace(/\/+$/, '');
