import { expect, nextFrame } from '@open-wc/testing';
import { button, deep, deepAll, says } from '../page.js';
import { type Fault, startServer, type TestServer } from '../server.js';
import { lies, lostAnswer, type Misfortune, misfortunes, onlyOn, writing } from './faults.js';
import { canary, type FormCase, forms } from './forms.js';
import { followed } from './traces.js';

const formNamed = (wanted: string): FormCase => {
  const found = forms.find(({ name }) => name === wanted);
  if (!found) throw new Error(`There is no ${wanted}.`);
  return found;
};

/** Notes the values of the keys that the server hands out. */
const noting =
  (values: string[]): Fault =>
  async (request, next) => {
    const response = await next(request);
    const { secret } = (await response
      .clone()
      .json()
      .catch(() => ({}))) as { secret?: string };
    if (secret) values.push(secret);
    return response;
  };

describe('a secret leaves nothing behind (53)', () => {
  let server: TestServer;
  let page: ReturnType<typeof followed>;
  beforeEach(async () => {
    server = await startServer();
    page = followed();
  });
  afterEach(async () => {
    page.stop();
    server.fault();
    await server.close();
  });

  it('53 a secret left on purpose is found: the control', async () => {
    const { element } = await formNamed('<provider-token-form>, adding').open(server, server.client('ana'));
    expect(page.traces(element)).not.to.include(canary);
    element.dispatchEvent(Object.assign(new Event('told'), { of: { what: canary } }));
    expect(page.traces(element)).to.include(canary);
  });

  const befalling: readonly Pick<Misfortune, 'name' | 'fault'>[] = [...misfortunes, lostAnswer, ...lies];
  for (const { name, fault } of befalling) {
    it(`53 a provider token, ${name}: no trace then, nor after saving`, async () => {
      const { open } = formNamed('<provider-token-form>, adding');
      const { element, submit } = await open(server, server.client('ana'));
      const secret = deep<HTMLInputElement>(element, '[name="values.token"]');
      element.addEventListener('cockpit-error', ({ error }) => console.log(error));
      server.fault(onlyOn(writing, fault));
      submit();
      await nextFrame();
      expect(page.traces(element)).not.to.include(canary);
      await says(
        element,
        /could not be reached|took too long|Something went wrong|not have access|Too many|is not available|unexpected response|This service could not be found|Saved/,
      );
      expect(page.traces(element)).not.to.include(canary);
      server.fault();
      submit();
      await says(element, /Saved|already in use|Enter .+\./);
      element.remove();
      await nextFrame();
      expect(secret.value).to.equal('');
      expect(page.traces(element)).not.to.include(canary);
    });
  }

  const cases = ['<api-key-create>', '<api-key-single>'].flatMap((form) =>
    [...misfortunes, lostAnswer].map((misfortune) => ({ form, ...misfortune })),
  );
  for (const { form, name, fault } of cases) {
    it(`53 an API key in ${form}, ${name}, created at the next press: no trace`, async () => {
      const values: string[] = [];
      const { open } = formNamed(form);
      const { element, submit, done } = await open(server, server.client('ana'));
      server.fault(onlyOn(writing, fault));
      submit();
      await says(element, 'What you typed is still here.');
      server.fault(noting(values));
      submit();
      await done();
      const field = deep<HTMLTextAreaElement>(element, 'textarea');
      const [value = ''] = values;
      expect(field.value).to.equal(value);
      expect(value).not.to.equal('');
      // Shown, it stands in its field and nowhere else.
      expect(page.traces(element)).not.to.include(value);
      button(element, 'Close').click();
      await nextFrame();
      button(element, 'Close anyway').click();
      await nextFrame();
      expect(field.value).to.equal('');
      expect(deepAll(element, 'textarea')).to.have.length(0);
      expect(page.traces(element)).not.to.include(value);
    });
  }
});
