import { expect } from '@open-wc/testing';
import { deep, deepAll, says, textOf, waitUntil } from '../page.js';
import { withAvatars } from '../faults/elements.js';
import { onlyOn, writing } from '../faults/faults.js';
import { forms } from '../faults/forms.js';
import { type Fault, serverForEachTest, type TestServer } from '../server.js';

/** A problem as a backend of one's own may write it. */
const problem =
  (members: object, status = 422): Fault =>
  () =>
    Promise.resolve(
      new Response(JSON.stringify({ code: 'invalid', ...members }), {
        status,
        headers: { 'content-type': 'application/problem+json' },
      }),
    );

const markup = '<img src=x onerror=alert(1)>';

describe('field errors of another backend', () => {
  let server: TestServer;
  serverForEachTest((started) => (server = started), withAvatars);

  for (const { name, open, field } of forms) {
    const refused = async (fault: Fault) => {
      const { element, submit } = await open(server, server.client('ana'));
      server.fault(onlyOn(writing, fault));
      submit();
      return element;
    };

    if (field) {
      for (const path of [`/${field}`, `#/${field}`, `body.${field}`, `$.${field}`, `["${field}"]`, [field], field]) {
        it(`${name}: ${JSON.stringify(path)} is the path of a field`, async () => {
          const element = await refused(problem({ errors: [{ path, code: 'characters' }] }));
          await says(element, 'This contains characters that are not allowed.');
          expect(deep(element, `[name="${field}"]:not([type="radio"])`).getAttribute('aria-invalid')).to.equal('true');
          expect(textOf(element)).not.to.include('Something went wrong.');
        });
      }

      it(`${name}: an unknown code shows its message as plain text`, async () => {
        const element = await refused(
          problem({ errors: [{ path: field, code: 'vip_only', message: `Vip ${markup}` }] }, 400),
        );
        await says(element, `Vip ${markup}`);
        expect(deepAll(element, 'img[src="x"]')).to.deep.equal([]);
      });

      for (const [what, error, words] of [
        ['one word', { path: field, code: 'vip_only', message: 'Taken' }, 'Taken'],
        [
          'no message, and a code of its own',
          { path: field, code: 'vip_only' },
          'The server did not accept this value.',
        ],
        ['no message and no code', { path: field }, 'The server did not accept this value.'],
        ['a message without a code', { path: field, message: 'Not on Sundays' }, 'Not on Sundays'],
        ['a code of ours', { path: field, code: 'duplicate', message: 'unique violation' }, 'already in use'],
      ] as const) {
        it(`${name}: a field shows the right text for ${what}`, async () => {
          const element = await refused(problem({ errors: [error] }));
          await says(element, words);
          expect(textOf(element)).not.to.match(/expected form|vip_only|unique violation|Something went wrong/);
        });
      }
    }

    it(`${name}: errors of hidden fields are all listed below the form`, async () => {
      const element = await refused(
        problem({
          errors: [
            { path: '/role', message: 'Ask Eve' },
            { path: 'enabled', code: 'not_editable' },
            { path: 'events.0', message: 'No such event' },
            { path: 'owner', code: 'vip_only', message: 'Not theirs' },
            { path: '', message: 'Too late' },
          ],
        }),
      );
      await says(element, 'Some values were not accepted.');
      const said = textOf(element);
      for (const words of ['Ask Eve', 'This cannot be changed here.', 'No such event', 'Not theirs', 'Too late'])
        expect(said).to.include(words);
      for (const path of ['role', 'enabled', 'events.0', 'owner']) expect(said).to.include(path);
    });

    it(`${name}: a detail is shown below our text, as plain text of bounded length`, async () => {
      const detail = `Closed for stock-taking ${markup} ${'x'.repeat(5000)}`;
      const element = await refused(problem({ code: 'vip_only', detail }, 409));
      await says(element, `Closed for stock-taking ${markup}`);
      expect(textOf(element)).to.include('Something went wrong.');
      expect(deepAll(element, 'img[src="x"]')).to.deep.equal([]);
      expect(textOf(deep(element, '[part="problem"]')).length).to.be.lessThan(1000);
    });
  }

  it('<profile-form>: an edit clears the error of that field', async () => {
    const [form] = forms;
    if (!form) throw new Error('There is no form.');
    const { element, submit } = await form.open(server, server.client('ana'));
    server.fault(onlyOn(writing, problem({ errors: [{ path: '/firstName', message: 'Not on Sundays' }] })));
    submit();
    await says(element, 'Not on Sundays');
    const input = deep<HTMLInputElement>(element, '#firstName');
    input.value = 'Ana';
    input.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    await waitUntil(() => !textOf(element).includes('Not on Sundays'));
  });
});
