import { expect } from '@open-wc/testing';
import type { Fault } from '../server.js';
import { appears, deep, deepAll } from '../page.js';
import { startServer, type TestServer } from '../server.js';
import { atEase, fill, mount, readers, withAvatars } from './elements.js';
import { accidents, everythingSaid } from './screen.js';

/** Names of things that the server gives, and that somebody else may have chosen. */
const names =
  /^(name|description|firstName|lastName|email|loginName|createdBy|maskedValue|hint|label|placeholder|module|code|provider)$/;

const named =
  (text: string): Fault =>
  async (request, next) => {
    const response = await next(request);
    const { status, headers } = response;
    const body = await response.text();
    const renamed = (key: string, value: unknown) => (names.test(key) && typeof value === 'string' ? text : value);
    return new Response(body && JSON.stringify(JSON.parse(body, renamed)), { status, headers });
  };

declare global {
  interface Window {
    /** Set by whatever runs that should not. */
    ran?: boolean;
  }
}

const hostile = {
  'an image that runs': '<img src=x onerror="window.ran=true">',
  'a script': '"><script>window.ran=true</script>',
  'an address that runs': 'javascript:window.ran=true',
  'template syntax': '${window.ran=true} {{window.ran=true}} <%= window.ran=true %> {name} $& $1',
  "Lit's own marker": '<!--?lit$123456789$--> ?lit$123456789$ <?lit$1$>',
  'a style': '</style><style>*{display:none}</style>',
  '10 kB in one word': 'W'.repeat(10_000),
  '10 kB in one word without a place to break': 'ﷺ'.repeat(5000),
};

/** Elements that overflow their container, except those that scroll or are clipped on purpose. */
const spilled = (element: Element, limit: number): Element[] => {
  const { overflowX, display } = getComputedStyle(element);
  const { left, right, width } = element.getBoundingClientRect();
  const own = width > 1 && display !== 'none' && (right > limit + 1 || left < 0) ? [element] : [];
  const below = overflowX === 'visible' ? [...(element.shadowRoot ?? element).children] : [];
  return [...own, ...below.flatMap((child) => spilled(child, limit))];
};

describe('hostile names (56)', () => {
  let server: TestServer;
  let watched: ReturnType<typeof accidents>;
  before(async () => {
    server = await startServer(withAvatars);
    await fill(server);
  });
  after(() => server.close());
  beforeEach(() => {
    watched = accidents();
    delete window.ran;
  });
  afterEach(() => {
    watched.stop();
    server.fault();
  });

  for (const reader of readers) {
    for (const [name, text] of Object.entries(hostile)) {
      it(`56 <${reader.tag}> shows ${name} as inert text, its layout whole at 320 px`, async () => {
        server.fault(named(text));
        const element = await mount(reader, server.client('ana'));
        const { parentElement } = element;
        if (!parentElement) throw new Error('It is nowhere.');
        parentElement.style.inlineSize = '320px';
        await appears(element, reader.content);
        await atEase(element);
        expect(deepAll(element, 'img, script, iframe, object')).to.deep.equal([]);
        expect(
          deepAll(element, '[href]').filter((link) => !/^(https?:|#)/.test(link.getAttribute('href') ?? '')),
        ).to.deep.equal([]);
        const { right } = parentElement.getBoundingClientRect();
        expect(spilled(element, right).map(({ outerHTML }) => outerHTML.slice(0, 80))).to.deep.equal([]);
        const said = everythingSaid(element);
        // Of somebody without a picture, the initial; a button says nothing of what there is.
        if (reader.tag === 'profile-avatar') expect(said).to.include(text.slice(0, 1).toUpperCase());
        else if (reader.tag !== 'api-key-create') expect(said).to.include(text.slice(0, 12));
        expect(window.ran).to.equal(undefined);
        expect(watched.seen).to.deep.equal([]);
      });
    }
  }

  for (const reader of readers.filter(({ tag }) => tag.endsWith('-list'))) {
    for (const [name, text] of Object.entries(hostile)) {
      it(`56 <${reader.tag}>: a dialog about ${name} keeps its layout`, async () => {
        server.fault(named(text));
        const element = await mount(reader, server.client('ana'));
        (await appears(element, '[part="menu-button"]')).click();
        deep(element, '[part="menu"] .destructive').click();
        const dialog = await appears(element, 'dialog[open]');
        expect(everythingSaid(element)).to.include(text.slice(0, 12));
        expect(dialog.scrollWidth).to.be.at.most(dialog.clientWidth);
        expect(deepAll(element, 'img, script, iframe, object')).to.deep.equal([]);
        expect(window.ran).to.equal(undefined);
        expect(watched.seen).to.deep.equal([]);
      });
    }
  }
});
