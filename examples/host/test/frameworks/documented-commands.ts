import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../../../', import.meta.url));

/** A command as a page gives it. */
export interface DocumentedCommand {
  /** The first page that has it; a page of an example, where the command is for that example's folder. */
  page: string;
  text: string;
}

/** The pages for people who use this repository. Contributors' pages are CONTRIBUTING.md and stories/README.md. */
export const usersPages = [
  'README.md',
  ...globSync(['docs/*.md', 'packages/*/README.md', 'examples/*/README.md'], { cwd: root }).sort(),
];

export const contributorsPages = ['CONTRIBUTING.md', 'stories/README.md'];

export const textOf = (page: string): string => readFileSync(root + page, 'utf8');

const program = /^(?:[A-Z_]+=\S+ )*(?:npm|npx|pnpm|node|printf|openssl|curl|docker|psql|createdb|pg_dump|git) \S/;

const shells = new Set(['sh', 'bash', 'shell', 'console']);

/** Lines of the blocks for a shell, and commands within sentences and tables: in the order of the page. */
export const commandsIn = (page: string): string[] => {
  const text = textOf(page).replaceAll(/<!--.*?-->/gs, '');
  const blockOrCode = /^ *```(\w*)[^\n]*\n(.*?)^ *```$|`((?:[^`\n]|\n(?!\n))+)`/gms;
  return [...text.matchAll(blockOrCode)].flatMap(([, language, block = '', code]) => {
    if (code !== undefined) {
      const command = code.replaceAll('\\|', '|').replaceAll('\n', ' ').trim();
      return program.test(command) && !command.includes('…') ? [command] : [];
    }
    if (language === undefined || !shells.has(language)) return [];
    return block
      .replaceAll('\\\n', ' ')
      .split('\n')
      .map((line) => line.replace(/(?:^|\s)#.*$/, '').trim())
      .filter(Boolean);
  });
};

/** Commands that are about an example are run in its folder; others are the same whichever page has them. */
const isAboutExample = ({ page, text }: DocumentedCommand): boolean =>
  page.startsWith('examples/') && page !== 'examples/server/README.md' && /npm (?:run (?!pack)|install && )/.test(text);

export const documentedCommands = (): DocumentedCommand[] => {
  const commands = new Map<string, DocumentedCommand>();
  for (const page of usersPages)
    for (const text of commandsIn(page)) {
      const command = { page, text };
      const id = isAboutExample(command) ? `${page} ${text}` : text;
      if (!commands.has(id)) commands.set(id, command);
    }
  return [...commands.values()];
};
