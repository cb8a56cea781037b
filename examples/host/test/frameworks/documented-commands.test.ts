import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cleanShell, cloneTo, localAddress } from './clean-shell.js';
import {
  commandsIn,
  contributorsPages,
  type DocumentedCommand,
  documentedCommands,
  root,
  textOf,
  usersPages,
} from './documented-commands.js';

const inFrameworks = 'examples/host/test/frameworks';
const backups = 'examples/server/test/backup.test.ts';

/** Commands that are not run here, by the file that runs them, or what stands for them. */
const runElsewhere: Readonly<Record<string, string>> = {
  'npm test': `${inFrameworks}/documented-commands.test.ts`, // This test is a part of it.
  'npm run storybook': 'stories/test/pages.test.ts', // The same pages, built.
  'openssl rand -base64 32': 'examples/server/test/readme-commands.test.ts',
  'printf %s "$TOKEN" | sha256sum': 'examples/server/test/readme-commands.test.ts',
  'examples/production/README.md: npm run build:server': `${inFrameworks}/documented-commands.test.ts`, // Of the server's page.
  // On data of a server of its own.
  [`node -e 'new (require("node:sqlite").DatabaseSync)(process.argv[1]).prepare("vacuum into ?").run(process.argv[2])' "$DATA_DIR/cockpit.sqlite" "$BACKUP/cockpit.sqlite"`]:
    backups,
  'pg_dump --format=custom --schema=cockpit --file="$BACKUP/cockpit.dump" "$DATABASE_URL"': backups,
  'rm -f "$DATA_DIR/cockpit.sqlite-wal" "$DATA_DIR/cockpit.sqlite-shm"': backups,
  'cp "$BACKUP/cockpit.sqlite" "$DATA_DIR/cockpit.sqlite"': backups,
  'pg_restore --clean --if-exists --no-owner --single-transaction --dbname="$DATABASE_URL" "$BACKUP/cockpit.dump"':
    backups,
  // Until the packages are published, these take the packed ones.
  'npm install @ai-cockpit/sdk': `${inFrameworks}/requirements.test.ts`,
  'npm install @ai-cockpit/elements': `${inFrameworks}/requirements.test.ts`,
  'npm install @ai-cockpit/elements @ai-cockpit/sdk': `${inFrameworks}/nextjs.test.ts`,
  'npm install express @ai-cockpit/sdk @ai-cockpit/elements': 'examples/host/test/your-backend.test.ts',
  'node first.js': 'examples/host/test/your-backend.test.ts',
  'npm install -D vitest jsdom': `${inFrameworks}/testing.test.ts`,
  'npx vitest run': `${inFrameworks}/testing.test.ts`,
  'npm install -D jest jest-environment-jsdom': `${inFrameworks}/testing.test.ts`,
  'NODE_OPTIONS=--experimental-vm-modules npx jest': `${inFrameworks}/testing.test.ts`,
  // Installed, developed, built and served there.
  'examples/angular/README.md: npm install && npm run dev': `${inFrameworks}/angular.test.ts`,
  'examples/nextjs/README.md: npm install && npm run dev': `${inFrameworks}/nextjs.test.ts`,
  'examples/nextjs/README.md: AI_COCKPIT_SERVER=http://127.0.0.1:4500 npm run dev -- -p 3500': `${inFrameworks}/nextjs.test.ts`,
  'examples/nextjs/README.md: npm run build && npm start': `${inFrameworks}/nextjs.test.ts`,
  'examples/sveltekit/README.md: npm install && npm run dev': `${inFrameworks}/sveltekit.test.ts`,
  'examples/sveltekit/README.md: ORIGIN=https://cockpit.example npm run build && npm start': `${inFrameworks}/sveltekit.test.ts`,
};

const idOf = ({ page, text }: DocumentedCommand): string =>
  `${page}: ${text}` in runElsewhere ? `${page}: ${text}` : text;

const commands = documentedCommands();
const here = commands.filter((command) => !(idOf(command) in runElsewhere));

/** A port that is free, whichever the page names. */
const atFreePort = (text: string): string => text.replace(/\bPORT=\d+ /, '');
const serving = { env: { PORT: '0' }, ready: /^Ready: (http:\S+)$/m };

const answers = async (address: string): Promise<string> => {
  const answer = await fetch(address);
  expect(`${answer.status} ${address}`).toBe(`200 ${address}`);
  return answer.text();
};

describe('the commands of the pages, from a clean shell without pnpm', () => {
  let shell: ReturnType<typeof cleanShell>;
  let clone: string;
  /** A folder for an app of one's own. */
  let app: string;
  beforeAll(() => {
    shell = cleanShell();
    [clone, app] = [join(shell.folder, 'clone'), join(shell.folder, 'app')];
    cloneTo(clone);
    mkdirSync(app);
  });
  afterAll(() => shell.remove());

  /** How each command is run, and its result checked: the first way that fits. */
  const ways: readonly { fits: RegExp; run: (command: DocumentedCommand) => Promise<unknown> }[] = [
    {
      fits: /^POLICY=\S+\.json npm start$/,
      run: ({ text }) => {
        const [, file = ''] = /POLICY=(\S+)/.exec(text) ?? [];
        copyFileSync(join(root, 'examples/host/test/sixth-policy', file), join(clone, file));
        return shell.serve(text, clone, serving, async (origin) => {
          await answers(`${origin}/${file.replace('.json', '')}/v1/openapi.json`);
        });
      },
    },
    {
      fits: /^HOST_PAGES=\S+ npm start$/,
      run: ({ text }) =>
        shell.serve(text, clone, serving, async (origin) => {
          expect(await answers(origin)).toContain('cdn.js');
        }),
    },
    {
      fits: /^(?:[A-Z_]+=\S+ )*npm start$/,
      run: ({ text }) =>
        shell.serve(atFreePort(text), clone, serving, async (origin) => {
          await answers(`${origin}/readyz`);
          await answers(`${origin}/ai-cockpit-one/`);
        }),
    },
    {
      fits: /^npm run agent$/,
      run: ({ text }) =>
        shell.serve('npm start', clone, serving, async (origin) => {
          const api = `${origin}/ai-cockpit-one`;
          const post = async (address: string, body: object, headers: Record<string, string> = {}) => {
            const answer = await fetch(address, {
              method: 'POST',
              headers: { 'Content-Type': 'application/json', ...headers },
              body: JSON.stringify(body),
            });
            expect(answer.ok ? '' : await answer.clone().text()).toBe('');
            return (await answer.json()) as Record<string, string>;
          };
          const { accessToken } = await post(`${api}/demo/session`, { user: 'ana' });
          const session = { Authorization: `Bearer ${accessToken}` };
          const ofAcme = `${api}/v1/organizations/acme`;
          const values = { site: 'acme.atlassian.net', email: 'ana@acme.example', token: 'any' };
          await post(`${ofAcme}/provider-tokens`, { provider: 'jira', name: 'Jira', code: 'jira', values }, session);
          const repeating = { ...session, 'Idempotency-Key': crypto.randomUUID() };
          const { secret = '' } = await post(`${ofAcme}/api-keys`, { description: 'Agent' }, repeating);
          const env = { AI_COCKPIT_API_KEY: secret, AI_COCKPIT_URL: `${api}/v1` };
          expect(await shell.run(text, clone, env)).toMatch(/^authorization: \[redacted\]$/im);
        }),
    },
    { fits: /^npm run (?:pack|build:server)$/, run: ({ text }) => shell.run(text, clone) },
    {
      fits: /^DEMO=1 ENCRYPTION_KEYS=.* node examples\/server\/dist\/main\.js$/,
      run: ({ text }) => shell.serve(text, clone, serving, async (origin) => void (await answers(`${origin}/readyz`))),
    },
    { fits: /^npm init -y && npm pkg set type=module$/, run: ({ text }) => shell.run(text, app) },
    { fits: /^npm install --save-dev vite$/, run: ({ text }) => shell.run(text, app) },
    {
      fits: /^npm install <this repository>/,
      run: ({ text }) => shell.run(text.replaceAll('<this repository>', clone), app),
    },
    {
      fits: /^npx vite$/,
      run: ({ page, text }) => {
        for (const [, name = '', content = ''] of textOf(page).matchAll(/^`([\w.]+)`[^`]*?:\n\n```\w+\n(.*?)^```$/gms))
          writeFileSync(join(app, name), content);
        return shell.serve(text, app, { ready: localAddress }, async (origin) => {
          await answers(origin);
          expect(await answers(`${origin}/main.js`)).toContain('/node_modules/');
        });
      },
    },
    {
      fits: /^openssl dgst -sha384 -binary ja\.js \| openssl base64 -A$/,
      run: async ({ text }) => {
        writeFileSync(join(app, 'ja.js'), 'export default {};');
        const hash = createHash('sha384').update('export default {};').digest('base64');
        expect(await shell.run(text, app)).toBe(hash);
      },
    },
    {
      fits: /^npm run build$/,
      run: ({ page, text }) => shell.run(text, join(clone, dirname(page))),
    },
    {
      fits: /^npm run dev$/,
      run: ({ page, text }) => {
        const cwd = join(clone, dirname(page));
        return shell.serve(text, cwd, { ready: localAddress }, async (origin) => {
          const [, script = ''] = /<script type="module" src="([^"]*main\.tsx?)"/.exec(await answers(origin)) ?? [];
          expect(await answers(origin + script)).not.toMatch(/from "@ai-cockpit/);
        });
      },
    },
  ];

  it('are all run, here or by the listed test', () => {
    const without = here.filter(({ text }) => !ways.some(({ fits }) => fits.test(text)));
    expect(without).toEqual([]);
    const ids = commands.map(idOf);
    expect(Object.keys(runElsewhere).filter((id) => !ids.includes(id))).toEqual([]);
    for (const file of Object.values(runElsewhere)) expect(existsSync(root + file) ? '' : file).toBe('');
  });

  it.each(here)('$text, of $page', { timeout: 600_000 }, async (command) => {
    const way = ways.find(({ fits }) => fits.test(command.text));
    if (!way) throw new Error('Nothing runs this command: add it to the ways, or to the list of those run elsewhere');
    await way.run(command);
  });
});

describe('the pages', () => {
  it('name pnpm only for contributors, with the note that they need it', () => {
    const isPnpm = (text: string) => /(?:^|[ &|])pnpm /.test(text);
    for (const page of usersPages) expect(commandsIn(page).filter(isPnpm)).toEqual([]);
    for (const page of contributorsPages) expect(textOf(page)).toMatch(/have \[pnpm\]/);
  });

  it.each([...usersPages, ...contributorsPages])('%s names existing scripts only', (page) => {
    const scriptsOf = (folder: string): string[] => {
      const file = join(root, folder, 'package.json');
      if (!existsSync(file)) return [];
      // Our own package description.
      const { scripts = {} } = JSON.parse(readFileSync(file, 'utf8')) as { scripts?: Record<string, string> };
      return Object.keys(scripts);
    };
    const known = [...scriptsOf(''), ...scriptsOf(dirname(page)), 'exec', 'install', 'pkg', 'init'];
    for (const command of commandsIn(page))
      for (const [, script = ''] of command.matchAll(/(?:npm run|pnpm|npm) (?!run)([a-z][\w:-]*)/g))
        expect(known).toContain(script);
  });
});
