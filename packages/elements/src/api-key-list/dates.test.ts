import { aiCockpitOne } from '@ai-cockpit/sdk/presets';
import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { appears, deep, deepAll, textOf } from '../../test/page.js';
import { serverForEachTest, type TestServer } from '../../test/server.js';
import './define.js';

describe('<api-key-list>: times', () => {
  let server: TestServer;
  serverForEachTest((started) => {
    server = started;
  }, aiCockpitOne);

  const show = async (inlineSize: string) => {
    const client = server.client('ana');
    await client.organization('acme').apiKeys.create({ description: 'Nightly' });
    // Two nights have gone by, whatever the hour is.
    server.advance(47 * 3_600_000);
    const element = await fixture<HTMLElement>(html`
      <api-key-list .client=${client} organization-id="acme" lang="en" style="inline-size: ${inlineSize}"></api-key-list>
    `);
    return { element, time: await appears(element, 'tbody time') };
  };
  /** The time that the styles show, as it is said in the page. */
  const exact = (time: HTMLElement) => {
    const { content } = getComputedStyle(time, '::after');
    return content.startsWith('attr') ? time.dataset.exact : content.replaceAll('"', '');
  };
  const timeOfDay = /^\d+:\d\d [AP]M (UTC|GMT\S*)$/;
  /** By the calendar of this machine. */
  const daysAgo = (time: Element): number => {
    const midnight = (date: Date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
    const now = midnight(new Date(Date.now() + 47 * 3_600_000));
    return (now - midnight(new Date(time.getAttribute('datetime') ?? ''))) / 86_400_000;
  };

  it('show the date, and beside it the calendar days since then', async () => {
    const { element, time } = await show('1200px');
    const date = new Date(time.getAttribute('datetime') ?? '').toLocaleDateString('en', { dateStyle: 'medium' });
    const ago = daysAgo(time) === 1 ? 'yesterday' : `${daysAgo(time)} days ago`;
    expect(deep(element, '.ago').textContent).to.equal(ago);
    expect(textOf(time)).to.equal(`${date} ${ago}`);
    expect(time.title).to.include(date);
  });

  for (const width of ['1200px', '360px'])
    it(`show the date first and how long ago it was below, where keys may be changed and where not: ${width}`, async () => {
      const { time } = await show(width);
      const client = server.client('carla');
      const readOnly = await fixture(html`
        <api-key-list .client=${client} organization-id="acme" lang="en" style="inline-size: ${width}"></api-key-list>
      `);
      for (const each of [time, await appears(readOnly, 'tbody time')]) {
        const [date, ago] = each.children;
        expect(textOf(each)).to.match(/\d{4} (yesterday|\d days ago)$/);
        expect(ago?.getBoundingClientRect().top).to.be.at.least(date?.getBoundingClientRect().bottom ?? NaN);
      }
      // Nothing in such a row can have the focus, so that the time of day always stands there, without the date.
      expect(deepAll(readOnly, 'table.with-actions')).to.have.length(0);
      expect(exact(deep(readOnly, 'time'))).to.match(timeOfDay);
    });

  it('keep the date in sight and everything in its place while the row has the focus', async () => {
    const { element, time } = await show('1200px');
    if (!matchMedia('(hover: hover)').matches) return;
    // Within the table, as focus may scroll that into view.
    const boxes = () => {
      const table = deep(element, 'table').getBoundingClientRect();
      return deepAll(element, 'th, td, .day').map((it) => {
        const { left, top, width, height } = it.getBoundingClientRect();
        return [left - table.left, top - table.top, width, height].map(Math.round).join();
      });
    };
    const before = boxes();
    expect(exact(time)).to.equal('none');
    deep(element, '[part="search"]').focus();
    while (!element.shadowRoot?.activeElement?.matches('[part="menu-button"]')) await sendKeys({ press: 'Tab' });
    expect(exact(time)).to.match(timeOfDay);
    expect(getComputedStyle(time, '::after').position).to.equal('static');
    expect(boxes()).to.deep.equal(before);
  });

  it('show no instant for an end that is a date: in some zones, it is that of the next day', async () => {
    const client = server.client('ana');
    const expiresAt = new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10);
    (await client.organization('acme').apiKeys.create({ description: 'Ends', expiresAt })).secret?.dispose();
    const element = await fixture(
      html`<api-key-list .client=${client} organization-id="acme" lang="en"></api-key-list>`,
    );
    const end = await appears<HTMLTimeElement>(element, 'td[data-label="Expires"] time');
    expect(end.dateTime).to.equal(expiresAt);
    expect(end.title).to.equal('');
    expect(end.dataset.exact).to.equal(undefined);
  });
});
