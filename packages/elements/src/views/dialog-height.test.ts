import { duplocloud, environmentOperationsCenter } from '@ai-cockpit/sdk/presets';
import type { HostPolicy } from '@ai-cockpit/sdk/contract';
import { expect, fixture, html, nextFrame } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import { appears, button, deep, deepAll, type, waitUntil } from '../../test/page.js';
import { startServer, type TestServer } from '../../test/server.js';
import '../api-key-create/define.js';
import '../api-key-list/define.js';
import '../api-key-single/define.js';
import '../provider-token-list/define.js';

const token = {
  provider: 'azure-devops',
  name: 'Boards',
  code: 'boards',
  values: { organization: 'acme', token: 'a-secret' },
};

/** 1280 × 720 at 200 and at 400 % zoom. */
const zooms = [
  { name: '200 %', width: 640, height: 360 },
  { name: '400 %', width: 320, height: 180 },
] as const;

/** Makes the engine evaluate the media queries of the element's style sheets, and of those inside it. */
const adoptStylesAgain = (element: Element): void => {
  const { shadowRoot } = element;
  if (!shadowRoot) return;
  const sheets = [...shadowRoot.adoptedStyleSheets];
  shadowRoot.adoptedStyleSheets = [];
  shadowRoot.adoptedStyleSheets = sheets;
  for (const child of shadowRoot.querySelectorAll('*')) adoptStylesAgain(child);
};

describe('Dialogs on little height', () => {
  let server: TestServer;
  const start = async (policy?: HostPolicy) => {
    server = await startServer(policy);
    return server.client('ana');
  };
  afterEach(async () => {
    await setViewport({ width: 800, height: 600 });
    await server.close();
  });

  /** Whether all of it can be seen, and nothing else lies over it. */
  const isInView = (part: Element): boolean => {
    const { left, top, right, bottom } = part.getBoundingClientRect();
    const root = part.getRootNode() as ShadowRoot;
    const at = root.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    return top >= 0 && bottom <= innerHeight && left >= 0 && right <= innerWidth && (at === part || part.contains(at));
  };
  const allInView = (element: Element, selector: string) =>
    waitUntil(
      () => deepAll(element, selector).length > 0 && deepAll(element, selector).every(isInView),
      `${selector}: ${deepAll(element, selector)
        .map((part) => JSON.stringify(part.getBoundingClientRect()))
        .join()}`,
    );
  const menu = async (element: Element, action: string) => {
    (await appears(element, '[part="menu-button"]')).click();
    await waitUntil(() => deepAll(element, '[part="menu"]:popover-open').length > 0);
    button(element, action).click();
    await appears(element, 'dialog[open]');
  };

  /** Opens each dialog. */
  const dialogs: [name: string, open: () => Promise<HTMLElement>, actions: string][] = [
    [
      'a new key',
      async () => {
        const client = await start();
        return fixture<HTMLElement>(
          html`<api-key-create .client=${client} organization-id="acme" open></api-key-create>`,
        );
      },
      '.dialog-actions button',
    ],
    [
      'deleting a key',
      async () => {
        const client = await start();
        await client
          .organization('acme')
          .apiKeys.create({ description: `A long purpose ${'of many words '.repeat(20)}` });
        const element = await fixture<HTMLElement>(
          html`<api-key-list .client=${client} organization-id="acme"></api-key-list>`,
        );
        await menu(element, 'Delete');
        return element;
      },
      '.dialog-actions button',
    ],
    [
      'replacing the one key',
      async () => {
        const client = await start({
          ...environmentOperationsCenter,
          apiKeys: {
            ...(environmentOperationsCenter.apiKeys as NonNullable<HostPolicy['apiKeys']>),
            atLimit: 'replace',
          },
        });
        await client.apiKeys.create({ expiresInDays: 30 });
        const element = await fixture<HTMLElement>(html`<api-key-single .client=${client}></api-key-single>`);
        await waitUntil(() => deepAll(element, '[part="remove"][aria-disabled="false"]').length > 0);
        deep(element, '[part="create"]').click();
        return element;
      },
      '.dialog-actions button',
    ],
    [
      'a provider token',
      async () => {
        const client = await start();
        await client.providerTokens.create(token);
        const element = await fixture<HTMLElement>(
          html`<provider-token-list .client=${client} owner="user"></provider-token-list>`,
        );
        await menu(element, 'Edit');
        await appears(element, '[part="save"]');
        return element;
      },
      '[part="actions"] button',
    ],
  ];

  for (const [name, open, actions] of dialogs) {
    for (const { name: zoom, width, height } of zooms) {
      it(`at ${zoom} zoom, title and actions stay while ${name} scrolls`, async () => {
        const element = await open();
        const dialog = await appears<HTMLDialogElement>(element, 'dialog[open]');
        await appears(element, actions);
        await setViewport({ width, height });
        await allInView(element, actions);
        await allInView(element, 'dialog h2');
        dialog.scrollTop = dialog.scrollHeight;
        await allInView(element, actions);
        await allInView(element, 'dialog h2');
        expect(dialog.scrollWidth).to.equal(dialog.clientWidth);
        await expect(element).to.be.accessible();
      });
    }
  }

  it('what is cut off fades out below the title and above the actions', async () => {
    const [, open] = dialogs[0] ?? [];
    const element = (await open?.()) as HTMLElement;
    await appears(element, 'dialog[open]');
    for (const [part, edge] of [
      ['dialog h2', '::after'],
      ['.dialog-actions', '::before'],
    ] as const) {
      const { backgroundImage, height, position } = getComputedStyle(deep(element, part), edge);
      expect([backgroundImage.startsWith('linear-gradient'), height, position]).to.deep.equal([
        true,
        '16px',
        'absolute',
      ]);
    }
  });

  it('what is cut off of a new secret fades out above Close', async () => {
    const client = await start(duplocloud);
    const element = await fixture<HTMLElement>(html`<api-key-create .client=${client} open></api-key-create>`);
    type(await appears<HTMLInputElement>(element, '[name="name"]'), 'Nightly sync');
    deep(element, '[part="submit"]').click();
    const actions = (await appears(element, '[part="close"]')).parentElement as HTMLElement;
    const { backgroundColor, position } = getComputedStyle(actions);
    expect(position).to.equal('sticky');
    const { backgroundImage, height } = getComputedStyle(actions, '::before');
    expect([backgroundImage.startsWith('linear-gradient'), height]).to.deep.equal([true, '16px']);
    expect(backgroundImage).to.include(backgroundColor);
  });

  for (const { name: zoom, width, height } of zooms) {
    it(`at ${zoom} zoom, the first line of a new secret is in view with Copy and Close`, async () => {
      const client = await start(duplocloud);
      // Before there is an element: WebKit does not always ask its media queries again.
      await setViewport({ width, height });
      const element = await fixture<HTMLElement>(html`<api-key-create .client=${client} open></api-key-create>`);
      type(await appears<HTMLInputElement>(element, '[name="name"]'), 'Nightly sync');
      deep(element, '[part="submit"]').click();
      await appears(element, '[part="copy"]');
      const shown = '[part="copy"], [part="close"], dialog h2';
      // WebKit may keep the media queries of a style sheet as they were before a change of the viewport.
      for (let times = 0; times < 20 && !deepAll(element, shown).every(isInView); times += 1) {
        await setViewport({ width, height: height - 1 });
        await setViewport({ width, height });
        adoptStylesAgain(element);
        await nextFrame();
      }
      await allInView(element, shown);
      const value = deep(element, '[part="value"]');
      const title = deep(element, 'dialog h2').getBoundingClientRect();
      const close = deep(element, '[part="close"]').getBoundingClientRect();
      const { top } = value.getBoundingClientRect();
      const { paddingBlockStart, lineHeight } = getComputedStyle(value);
      const lineEnd = top + Number.parseFloat(paddingBlockStart) + Number.parseFloat(lineHeight);
      expect(top).to.be.at.least(title.bottom - 1);
      expect(lineEnd).to.be.at.most(close.top);
    });
  }
});
