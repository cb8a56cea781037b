import { cpSync, existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** `---`, then a `name: value` a line, then `---`, then what stands in the page. */
const frontMatter = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/;

/** Puts values in the place of `{{name}}`. One that is not there is a mistake, not an empty text. */
const fill = (text, values) =>
  text.replaceAll(/\{\{(\w+)\}\}/g, (_, name) => {
    if (values[name] === undefined) throw new Error(`A page needs {{${name}}}, which is not given`);
    return values[name];
  });

/**
 * The pages of every host, laid out as their addresses are. What hosts have in common is a layout; a host is a folder
 * with its `host.json` (`product`, its name; `home`, where its mark leads), `theme.css` and `mark.svg`, perhaps a
 * `header.html`, a `menu.html` and a `navigation.html`, and pages that begin with their `title` and `layout`.
 */
export const buildPages = (pages, layouts, out) => {
  cpSync(pages, out, {
    recursive: true,
    filter: (path) => !/(?:host\.json|header\.html|menu\.html|navigation\.html)$/.test(path),
  });
  for (const path of globSync('*/**/index.html', { cwd: pages })) {
    const page = frontMatter.exec(readFileSync(join(pages, path), 'utf8'));
    if (!page) throw new Error(`${path} does not begin with its title and layout`);
    const [, head, content] = page;
    const { title, layout } = Object.fromEntries(head.split('\n').map((line) => line.split(': ')));
    const [host, ...folders] = dirname(path).split(/[\\/]/);
    const part = (name) => {
      const file = join(pages, host, name);
      return existsSync(file) ? readFileSync(file, 'utf8').trim() : '';
    };
    const values = {
      home: '',
      ...JSON.parse(part('host.json')),
      title,
      // The host's own folder, from wherever the page stands: the same pages serve at any address.
      root: '../'.repeat(folders.length) || './',
    };
    const parts = Object.entries({
      header: part('header.html'),
      menu: part('menu.html'),
      navigation: part('navigation.html'),
      content: content.trim(),
    });
    const filled = Object.fromEntries(parts.map(([name, text]) => [name, fill(text, values)]));
    mkdirSync(join(out, dirname(path)), { recursive: true });
    writeFileSync(
      join(out, path),
      fill(readFileSync(join(layouts, `${layout}.html`), 'utf8'), { ...values, ...filled }),
    );
  }
};
