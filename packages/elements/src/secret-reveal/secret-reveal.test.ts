import { Secret } from '@ai-cockpit/sdk';
import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import {
  forbidCopying,
  restoreClipboard,
  withClipboard,
  withoutClipboard,
  withPendingClipboard,
} from '../../test/clipboard.js';
import { button, deep, deepAll, says, settled, textOf, waitUntil } from '../../test/page.js';
import './define.js';
import type { SecretRevealElement } from './secret-reveal.js';

const canary = 'aico_canary0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghij';

const wouldAskOnLeaving = () => !window.dispatchEvent(new Event('beforeunload', { cancelable: true }));

const pressWith = async (key: string) => {
  const modifier = navigator.platform.startsWith('Mac') ? 'Meta' : 'Control';
  await sendKeys({ down: modifier });
  await sendKeys({ press: key });
  await sendKeys({ up: modifier });
};

/** The browser's own way to copy. */
const pressCopy = () => pressWith('c');

describe('<secret-reveal>', () => {
  afterEach(restoreClipboard);

  const show = async (secret = new Secret(canary)) => {
    const element = await fixture<SecretRevealElement>(
      html`<secret-reveal label="API key" .secret=${secret} lang="en"></secret-reveal>`,
    );
    const events: string[] = [];
    for (const type of ['secret-copied', 'secret-copy-failed', 'secret-dismiss', 'secret-dismissed']) {
      element.addEventListener(type, () => events.push(type));
    }
    return { element, secret, events, field: deep<HTMLTextAreaElement>(element, '[part="value"]') };
  };
  const press = async (element: SecretRevealElement, name: string) => {
    button(element, name).click();
    await element.updateComplete;
  };

  it('shows the value in a read-only field, named by its label', async () => {
    const { element, field } = await show();
    expect(field.value).to.equal(canary);
    expect(field.readOnly).to.equal(true);
    expect(field.labels[0]?.textContent).to.equal('API key');
    expect(textOf(element)).to.include('Copy it now and store it somewhere safe. You won’t be able to see it again.');
    await expect(element).to.be.accessible();
  });

  describe('with a request to try the secret with', () => {
    const request = { header: 'X-API-KEY: ', url: 'https://cockpit.example/v1/integration/whoami' };
    const command = `curl -H "X-API-KEY: ${canary}" "https://cockpit.example/v1/integration/whoami"`;
    const showWithRequest = async () => {
      const shown = await show();
      shown.element.request = request;
      await shown.element.updateComplete;
      return shown;
    };

    it('shows it as a curl command with the secret masked', async () => {
      const { element } = await showWithRequest();
      expect(deep(element, '[part="curl"]').textContent).to.equal(
        'curl -H "X-API-KEY: ••••••••" "https://cockpit.example/v1/integration/whoami"',
      );
      expect(element.shadowRoot?.innerHTML).not.to.include('canary');
      await expect(element).to.be.accessible();
    });

    it('copies the command with the secret, which counts as stored', async () => {
      const clipboard = withClipboard();
      const { element, events } = await showWithRequest();
      button(element, 'Copy as curl').click();
      await says(element, 'Copied');
      expect(clipboard.text).to.equal(command);
      expect(events).to.deep.equal(['secret-copied']);
      expect(element.acknowledged).to.equal(true);
      button(element, 'Copy').click();
      await waitUntil(() => clipboard.text === canary, 'the value alone was not copied');
    });

    it('quotes for a POSIX shell where a header’s name or an address holds what it expands', async () => {
      const clipboard = withClipboard();
      const { element } = await showWithRequest();
      element.request = { header: "X-$HOME-'`id`: ", url: 'https://cockpit.example/$a!b/v1' };
      await element.updateComplete;
      button(element, 'Copy as curl').click();
      await says(element, 'Copied');
      expect(clipboard.text).to.equal(
        String.raw`curl -H 'X-$HOME-'\''${'`id`'}: ${canary}' 'https://cockpit.example/$a!b/v1'`,
      );
    });

    it('copies the command by way of the field where there is no clipboard, and afterwards the value alone', async () => {
      withoutClipboard();
      const { element } = await showWithRequest();
      const paste = await fixture<HTMLTextAreaElement>(html`<textarea aria-label="Paste"></textarea>`);
      for (const [name, wanted] of [
        ['Copy as curl', command],
        ['Copy', canary],
      ] as const) {
        button(element, name).focus();
        await sendKeys({ press: 'Enter' });
        await says(element, 'Copied');
        paste.value = '';
        paste.focus();
        await pressWith('v');
        await waitUntil(() => paste.value !== '', 'nothing was pasted');
        expect(paste.value).to.equal(wanted);
      }
    });
  });

  it('has the value in no attribute and no markup', async () => {
    const { element } = await show();
    expect(element.outerHTML).not.to.include('canary');
    expect(element.shadowRoot?.innerHTML).not.to.include('canary');
  });

  it('selects all of it on focus', async () => {
    const { field } = await show();
    field.focus();
    await waitUntil(() => field.selectionStart === 0 && field.selectionEnd === canary.length);
  });

  it('shows a secret that it is given later, and lets go of the one before', async () => {
    const { element, secret } = await show();
    element.secret = new Secret('another');
    await element.updateComplete;
    expect(deep<HTMLTextAreaElement>(element, '[part="value"]').value).to.equal('another');
    expect(() => secret.reveal()).to.throw(TypeError);
  });

  it('copies, says so, and counts that as stored', async () => {
    const clipboard = withClipboard();
    const { element, events } = await show();
    expect(element.acknowledged).to.equal(false);
    button(element, 'Copy').focus();
    await sendKeys({ press: 'Enter' });
    await says(element, 'Copied');
    expect(clipboard.text).to.equal(canary);
    expect(deep(element, '[role="status"]').textContent).to.include('Copied');
    expect(element.acknowledged).to.equal(true);
    expect(events).to.deep.equal(['secret-copied']);
    await expect(element).to.be.accessible();
  });

  for (const [name, prepare] of [
    ['refuses', () => withClipboard({ refuse: true })],
    ['is not there', withoutClipboard],
    ['never answers', withPendingClipboard],
  ] as const) {
    it(`copies by way of the field where the clipboard ${name}, and leaves the focus where it was`, async () => {
      prepare();
      const { element, events } = await show();
      const paste = await fixture<HTMLTextAreaElement>(html`<textarea aria-label="Paste"></textarea>`);
      button(element, 'Copy').focus();
      await sendKeys({ press: 'Enter' });
      await says(element, 'Copied');
      expect(events).to.deep.equal(['secret-copied']);
      expect(element.acknowledged).to.equal(true);
      expect(element.shadowRoot?.activeElement === button(element, 'Copy')).to.equal(true);
      paste.focus();
      await pressWith('v');
      await waitUntil(() => paste.value !== '', 'nothing was pasted');
      expect(paste.value).to.equal(canary);
    });

    it(`says so where the clipboard ${name} and a page forbids copying, and leaves the value selected`, async () => {
      prepare();
      forbidCopying();
      const { element, field, events } = await show();
      button(element, 'Copy').click();
      await says(element, 'Could not copy.');
      expect(deep(element, '[role="status"]').textContent).to.include('press Ctrl+C');
      expect(element.shadowRoot?.activeElement === field).to.equal(true);
      expect([field.selectionStart, field.selectionEnd]).to.deep.equal([0, canary.length]);
      expect(element.acknowledged).to.equal(false);
      expect(events).to.deep.equal(['secret-copy-failed']);
      await expect(element).to.be.accessible();
    });
  }

  it('says that it was copied once the clipboard answers after all, where copying the selected field failed', async () => {
    const { allow } = withPendingClipboard();
    forbidCopying();
    const { element, events } = await show();
    button(element, 'Copy').click();
    await says(element, 'Could not copy.');
    allow();
    await says(element, 'Copied');
    expect(events).to.deep.equal(['secret-copy-failed', 'secret-copied']);
    expect(element.acknowledged).to.equal(true);
  });

  for (const answer of ['allow', 'refuse'] as const) {
    it(`says no more, where the clipboard is slow to ${answer} and the selected field was copied before`, async () => {
      const clipboard = withPendingClipboard();
      const { element, events } = await show();
      button(element, 'Copy').focus();
      await sendKeys({ press: 'Enter' });
      await says(element, 'Copied');
      clipboard[answer]();
      await settled();
      expect(events).to.deep.equal(['secret-copied']);
      expect(textOf(element)).to.include('Copied');
    });

    it(`forgets the value when it is closed while the clipboard has not answered; that it is slow to ${answer} changes nothing`, async () => {
      const clipboard = withPendingClipboard();
      const { element, secret, events, field } = await show();
      button(element, 'Copy').click();
      await press(element, 'Done');
      await press(element, 'Finish anyway');
      expect(field.value).to.equal('');
      expect(() => secret.reveal()).to.throw(TypeError);
      element.secret = new Secret('another');
      clipboard[answer]();
      await settled();
      expect(events).to.deep.equal(['secret-dismiss', 'secret-dismissed']);
      expect(textOf(element)).not.to.match(/Copied|could not be copied/);
    });
  }

  for (const [name, execCommand] of [
    ['has no command to copy', undefined],
    [
      'refuses every command, as one of XML does',
      () => {
        throw new DOMException('No HTML document', 'InvalidStateError');
      },
    ],
  ] as const) {
    it(`says that it could not be copied where the document ${name}; the keyboard still copies it`, async () => {
      withoutClipboard();
      Object.defineProperty(document, 'execCommand', { configurable: true, value: execCommand });
      const { element, field, events } = await show();
      button(element, 'Copy').click();
      await says(element, 'Could not copy.');
      Reflect.deleteProperty(document, 'execCommand');
      expect(events).to.deep.equal(['secret-copy-failed']);
      expect(element.shadowRoot?.activeElement === field).to.equal(true);
      await pressCopy();
      expect(element.acknowledged).to.equal(true);
    });
  }

  it('copies all of it by the keyboard where a page forbids copying, and tells the page nothing', async () => {
    const heard: string[] = [];
    const forbid = (event: ClipboardEvent) => {
      heard.push(event.clipboardData?.getData('text/plain') ?? '');
      event.preventDefault();
    };
    document.addEventListener('copy', forbid);
    const { element, field } = await show();
    field.focus();
    await pressCopy();
    document.removeEventListener('copy', forbid);
    expect(element.acknowledged).to.equal(true);
    expect(heard).to.deep.equal([]);
  });

  it('counts copying by the browser itself, if it was all of it', async () => {
    const { element, field, events } = await show();
    field.focus();
    field.setSelectionRange(0, 4);
    await pressCopy();
    expect(element.acknowledged).to.equal(false);
    field.select();
    await pressCopy();
    expect(element.acknowledged).to.equal(true);
    expect(events).to.deep.equal(['secret-copied']);
  });

  it('closes at once where it was copied, and forgets the value', async () => {
    withClipboard();
    const { element, secret, field, events } = await show();
    await press(element, 'Copy');
    await says(element, 'Copied');
    await press(element, 'Done');
    expect(events).to.deep.equal(['secret-copied', 'secret-dismiss', 'secret-dismissed']);
    expect(field.value).to.equal('');
    expect(element.secret).to.equal(null);
    expect(() => secret.reveal()).to.throw(TypeError);
    expect(deepAll(element, '.container *')).to.have.length(0);
  });

  it('asks once where nothing was copied', async () => {
    const { element, events } = await show();
    await press(element, 'Done');
    expect(textOf(element)).to.include('Finish without copying?');
    expect(element.shadowRoot?.activeElement === button(element, 'Go back')).to.equal(true);
    await expect(element).to.be.accessible();
    await press(element, 'Go back');
    expect(textOf(element)).not.to.include('Finish without copying?');
    expect(element.shadowRoot?.activeElement === button(element, 'Copy')).to.equal(true);
    await press(element, 'Done');
    await press(element, 'Finish anyway');
    expect(events).to.deep.equal(['secret-dismiss', 'secret-dismissed']);
    expect(deepAll(element, '.container *')).to.have.length(0);
  });

  for (const [where, container] of [
    ['a <dialog>', html`<dialog open></dialog>`],
    ['an element with role="dialog"', html`<div role="dialog" aria-label="New key"></div>`],
  ] as const) {
    it(`in ${where}, its button and its question say that it closes`, async () => {
      const dialog = await fixture<HTMLElement>(container);
      const element = document.createElement('secret-reveal');
      element.lang = 'en';
      element.secret = new Secret(canary);
      dialog.append(element);
      await says(element, 'Close');
      await press(element, 'Close');
      expect(textOf(element)).to.include('Close without copying? You won’t be able to see this API key again.');
      await press(element, 'Close anyway');
      expect(element.secret).to.equal(null);
    });
  }

  it('asks at Escape too, however often it is pressed', async () => {
    const { element, field } = await show();
    field.focus();
    for (let times = 0; times < 3; times += 1) await sendKeys({ press: 'Escape' });
    expect(textOf(element)).to.include('Finish without copying?');
    expect(field.value).to.equal(canary);
  });

  it('stays where the host prevents it from going', async () => {
    const { element, field } = await show();
    element.addEventListener('secret-dismiss', (event) => event.preventDefault());
    await press(element, 'Done');
    await press(element, 'Finish anyway');
    expect(field.value).to.equal(canary);
    expect(element.acknowledged).to.equal(true);
  });

  it('can be dismissed by the host, which is told whether it is gone', async () => {
    withClipboard();
    const { element } = await show();
    expect(element.dismiss()).to.equal(false);
    const copied = oneEvent(element, 'secret-copied');
    button(element, 'Copy').click();
    await copied;
    expect(element.dismiss()).to.equal(true);
    expect(element.dismiss()).to.equal(true);
  });

  it('forgets the value when it is taken from the page', async () => {
    const { element, secret, field } = await show();
    element.remove();
    expect(field.value).to.equal('');
    expect(element.secret).to.equal(null);
    expect(() => secret.reveal()).to.throw(TypeError);
    expect(deepAll(element, '.container *')).to.have.length(0);
  });

  it('makes the browser ask before the page is left, until the secret is stored', async () => {
    withClipboard();
    const { element } = await show();
    expect(wouldAskOnLeaving()).to.equal(true);
    await press(element, 'Copy');
    await says(element, 'Copied');
    expect(wouldAskOnLeaving()).to.equal(false);
  });
});
