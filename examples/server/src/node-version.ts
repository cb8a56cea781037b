/** The first Node that has SQLite without a flag. */
const needed = [22, 13] as const;

/** The message for a Node version that is too old; `null` for one that is supported. */
export const nodeVersionFault = (version: string): string | null => {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > needed[0] || (major === needed[0] && minor >= needed[1])) return null;
  return `The server needs Node ${needed.join('.')} or newer, and this is Node ${version}. To run it on Node 24: npx -y -p node@24 node ${process.argv[1] ?? ''}`;
};
