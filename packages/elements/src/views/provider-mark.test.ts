import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { appears, deep, deepAll, waitUntil } from '../../test/page.js';
import { type Fault, startServer, type TestServer } from '../../test/server.js';
import '../provider-token-form/define.js';
import '../provider-token-list/define.js';

const token = {
  provider: 'azure-devops',
  name: 'Boards',
  code: 'boards',
  description: 'Reads the backlog. Ask Ana about it.',
  values: { organization: 'acme', token: 'a-secret' },
};

describe('A provider’s mark', () => {
  let server: TestServer;
  beforeEach(async () => {
    server = await startServer();
  });
  afterEach(() => server.close());

  /** The mark of every provider, as the server sends it. */
  const marked =
    (mark: { color: string | null; icon?: string | null; monogram?: string | undefined }): Fault =>
    async (request, next) => {
      const answer = await next(request);
      if (!request.url.endsWith('/providers')) return answer;
      const { data } = (await answer.json()) as { data: object[] };
      return Response.json({ data: data.map((provider) => ({ ...provider, ...mark })) }, answer);
    };
  const list = async () => {
    await server.client('ana').providerTokens.create(token);
    const element = await fixture<HTMLElement>(
      html`<provider-token-list .client=${server.client('ana')}></provider-token-list>`,
    );
    await appears(element, '[part="row"]');
    return element;
  };
  const form = async (provider?: string) => {
    const element = await fixture<HTMLElement>(
      html`<provider-token-form .client=${server.client('ana')} .provider=${provider}></provider-token-form>`,
    );
    await appears(element, 'form');
    return element;
  };
  const letters = (mark: HTMLElement) => mark.dataset['letters'];

  it('is its letters on its colour in a row, whose second line is the token’s description', async () => {
    const element = await list();
    const mark = deep(element, '[part="mark"]');
    expect([letters(mark), mark.getAttribute('aria-hidden')]).to.deep.equal(['AD', 'true']);
    expect(getComputedStyle(deep(mark, 'rect')).fill).to.equal('rgb(0, 120, 212)');
    expect(deep(element, '[part="description"]').textContent).to.equal(token.description);
    expect(deepAll(element, '[style]')).to.have.length(0);
    await expect(element).to.be.accessible();
  });

  it('stands in the chooser before the provider that is chosen', async () => {
    const element = await form();
    const chosen = () => deepAll(element, '.marked > [part="mark"]');
    expect(chosen()).to.have.length(0);
    const select = deep<HTMLSelectElement>(element, '[name="provider"]');
    for (const [id, wanted] of [
      ['jira', 'J'],
      ['github-projects', 'GP'],
    ] as const) {
      select.value = id;
      select.dispatchEvent(new Event('input', { bubbles: true }));
      await waitUntil(() => chosen().length === 1 && chosen().map(letters).join('') === wanted);
    }
    expect(deep(element, '[name="provider"]') === select).to.equal(true);
    await expect(element).to.be.accessible();
  });

  it('stands in each option of the chooser, which is called by the name alone', async () => {
    const select = deep<HTMLSelectElement>(await form(), '[name="provider"]');
    const [empty, ...options] = [...select.options];
    expect(empty?.querySelector('[part="mark"]')).to.equal(null);
    expect(options.map(({ label }) => label)).to.include('Jira');
    const marks = options.map((option) => option.querySelector('[part="mark"]'));
    expect(marks.every((mark) => mark?.ariaHidden === 'true')).to.equal(true);
    if (!CSS.supports('appearance: base-select')) return;
    select.focus();
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => select.matches(':open'));
    expect(options.every((option) => (option.querySelector('svg')?.getBoundingClientRect().width ?? 0) > 0)).to.equal(
      true,
    );
    await sendKeys({ press: 'Escape' });
    await waitUntil(() => !select.matches(':open'));
  });

  it('is no reason for Escape in the open list to close the dialog around the form', async () => {
    const element = await fixture<HTMLElement>(
      html`<provider-token-list .client=${server.client('ana')}></provider-token-list>`,
    );
    (await appears(element, '[part="add"]')).click();
    const select = await appears<HTMLSelectElement>(element, '[name="provider"]');
    const dialog = deep<HTMLDialogElement>(element, 'dialog[open]');
    const [, option] = select.options;
    option?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true }));
    expect(dialog.open).to.equal(true);
    select.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true }));
    await waitUntil(() => !dialog.open);
  });

  it('is an icon where the definition has one', async () => {
    server.fault(marked({ color: '#ffcc00', icon: 'M4 4h16v16H4z' }));
    const mark = deep(await list(), '[part="mark"]');
    expect(deep(mark, 'path').getAttribute('d')).to.equal('M4 4h16v16H4z');
    expect(letters(mark)).to.equal('');
    // Dark on a light colour.
    expect(getComputedStyle(mark).color).to.equal('rgb(0, 0, 0)');
  });

  for (const color of [null, 'url(https://evil.example/)', 'red;background:url(//evil.example)', '#12345']) {
    it(`has the colour of the page where the server gives none that is one: ${color}`, async () => {
      server.fault(marked({ color }));
      const element = await list();
      expect(deep(element, 'rect').hasAttribute('fill')).to.equal(false);
      expect(letters(deep(element, '[part="mark"]'))).to.equal('AD');
    });
  }

  it('has the letters of the definition, at most three, or else the first of the name', async () => {
    server.fault(marked({ color: null, monogram: 'ADO' }));
    expect(letters(deep(await list(), '[part="mark"]'))).to.equal('ADO');
    server.fault(marked({ color: null, monogram: 'x'.repeat(10_000) }));
    expect(letters(deep(await form('jira'), '[part="mark"]'))).to.equal('xxx');
    server.fault(marked({ color: null, monogram: undefined }));
    expect(letters(deep(await form('jira'), '[part="mark"]'))).to.equal('J');
  });
});
