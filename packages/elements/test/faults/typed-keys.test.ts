import { Secret } from '@ai-cockpit/sdk';
import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { TemplateResult } from 'lit';
import '../../src/index.js';
import { appears, deep, deepAll, says } from '../page.js';
import { serverForEachTest, type TestServer } from '../server.js';
import { fill, withAvatars } from './elements.js';

const types = ['keydown', 'keypress', 'keyup'] as const;
const fieldTypes = 'input:not([type="radio"], [type="checkbox"], [type="file"]), textarea, select';

/** Shows an element with all its text fields. */
interface Case {
  readonly name: string;
  readonly template: () => TemplateResult;
  readonly open?: (page: Element) => Promise<unknown>;
  /** A field that there has to be. */
  readonly field: string;
}

const chooseProvider = (provider: string) => async (page: Element) => {
  const select = await appears<HTMLSelectElement>(page, 'select[name="provider"]');
  select.value = provider;
  select.dispatchEvent(new InputEvent('input', { bubbles: true }));
  await appears(page, '[name^="values."]');
};

const cases: readonly Case[] = [
  { name: '<profile-form>', template: () => html`<profile-form></profile-form>`, field: '#firstName' },
  {
    name: '<notification-settings>',
    template: () => html`<notification-settings></notification-settings>`,
    field: '[name="email"]',
  },
  ...['jira', 'azure-devops', 'servicenow', 'github-projects', 'businessmap'].map((provider) => ({
    name: `<provider-token-form>, ${provider}`,
    template: () => html`<provider-token-form></provider-token-form>`,
    open: chooseProvider(provider),
    field: '[name^="values."]',
  })),
  {
    name: '<provider-token-list>, with its dialog',
    template: () => html`<provider-token-list></provider-token-list>`,
    open: async (page) => {
      (await appears(page, '[part="add"]')).click();
      await chooseProvider('jira')(page);
    },
    field: '[name="values.token"]',
  },
  {
    name: '<provider-token-list>, its search',
    template: () => html`<provider-token-list></provider-token-list>`,
    field: '[part="search"]',
  },
  { name: '<api-key-list>', template: () => html`<api-key-list></api-key-list>`, field: '[part="search"]' },
  { name: '<activity-log>', template: () => html`<activity-log></activity-log>`, field: '[part="search"]' },
  {
    name: '<api-key-create>',
    template: () => html`<api-key-create></api-key-create>`,
    open: async (page) => (await appears(page, '[part="button"]')).click(),
    field: '[name="description"]',
  },
  {
    name: '<api-key-single>',
    template: () => html`<api-key-single></api-key-single>`,
    field: '[part="value"], [part="facts"]',
  },
  {
    name: '<organization-select>',
    template: () => html`<organization-select></organization-select>`,
    field: '[role="combobox"]',
  },
  {
    name: '<secret-reveal>',
    template: () => html`<secret-reveal label="API key" .secret=${new Secret('shown')}></secret-reveal>`,
    field: 'textarea',
  },
  {
    name: '<profile-tabs>, its lists',
    template: () => html`<profile-tabs section="api-keys"></profile-tabs>`,
    field: '[part="search"]',
  },
];

describe('real keys in every text field', () => {
  let server: TestServer;
  serverForEachTest((started) => {
    server = started;
    return fill(server);
  }, withAvatars);

  const show = async ({ template, open, field }: Case, containTyping: boolean) => {
    const page = await fixture<HTMLElement>(html`<div>
      <cockpit-client .client=${server.client('ana')} ?contain-typing=${containTyping}>${template()}</cockpit-client>
    </div>`);
    await open?.(page);
    await appears(page, field);
    const heard: { line: string; target: EventTarget | undefined }[] = [];
    for (const type of types)
      page.addEventListener(type, (event) =>
        heard.push({ line: `${type} ${event.key}`, target: event.composedPath()[0] }),
      );
    // Fields behind a modal dialog take no focus.
    const isBehind = (it: Element) => deepAll(page, 'dialog[open]').length > 0 && !isInDialog(it);
    const fields = deepAll(page, fieldTypes).filter((it) => it.checkVisibility() && !isBehind(it));
    return { heard, fields, lines: () => heard.splice(0).map(({ line }) => line) };
  };
  const isInDialog = (it: Element): boolean =>
    it.closest('dialog') !== null ||
    (it.getRootNode() instanceof ShadowRoot && isInDialog((it.getRootNode() as ShadowRoot).host));
  const focus = (field: HTMLElement) => {
    field.focus();
    expect((field.getRootNode() as ShadowRoot).activeElement === field, field.outerHTML).to.equal(true);
  };
  const withControl = async (key: string) => {
    await sendKeys({ down: 'Control' });
    await sendKeys({ press: key });
    await sendKeys({ up: 'Control' });
  };

  for (const subject of cases) {
    it(`${subject.name}: reach the page, which finds the field by \`event.composedPath()\``, async () => {
      const { heard, fields } = await show(subject, false);
      for (const field of fields) {
        focus(field);
        heard.length = 0;
        await sendKeys({ press: 'k' });
        expect(heard.map(({ line }) => line)).to.include.members(['keydown k', 'keyup k']);
        expect(heard.every(({ target }) => target === field)).to.equal(true);
      }
    });

    it(`${subject.name}, contain-typing: stay in the element; shortcuts with Ctrl reach the page`, async () => {
      const { fields, lines } = await show(subject, true);
      for (const field of fields) {
        focus(field);
        lines();
        for (const key of ['k', '/', '7', 'Backspace']) await sendKeys({ press: key });
        expect(lines(), field.outerHTML).to.deep.equal([]);
        await withControl('k');
        expect(lines(), field.outerHTML).to.include('keydown k');
      }
    });
  }

  it('contain-typing: an input method’s Escape, Tab and Enter stay in the field; the next Escape reaches the page', async () => {
    const { fields, lines } = await show(cases[0]!, true);
    const [field] = fields;
    for (const init of [{ isComposing: true }, { keyCode: 229 }])
      for (const key of ['Escape', 'Tab', 'Enter', 'Process', 'k'])
        for (const type of types)
          field!.dispatchEvent(new KeyboardEvent(type, { key, code: key, bubbles: true, composed: true, ...init }));
    expect(lines()).to.deep.equal([]);
    focus(field!);
    await sendKeys({ press: 'Escape' });
    expect(lines()).to.include('keydown Escape');
  });

  it('Escape in a dialog closes that alone: the page does not hear it', async () => {
    for (const containTyping of [false, true]) {
      const { lines, fields } = await show(cases.find(({ name }) => name === '<api-key-create>')!, containTyping);
      focus(fields[0]!);
      lines();
      await sendKeys({ press: 'Escape' });
      expect(lines()).not.to.include('keydown Escape');
    }
  });

  it('contain-typing: Enter in a field sends its form, which the page does not hear', async () => {
    const { fields, lines } = await show(cases[0]!, true);
    focus(fields[0]!);
    await sendKeys({ press: 'Enter' });
    expect(lines().filter((line) => line.startsWith('keydown') || line.startsWith('keypress'))).to.deep.equal([]);
    await says(deep(document.body, 'profile-form'), 'Saved');
  });
});
