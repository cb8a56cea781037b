import { aiCockpitOne } from '@ai-cockpit/sdk/presets';
import { expect, fixture, html } from '@open-wc/testing';
import { appears, deep, textOf } from '../../test/page.js';
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
    if (matchMedia('(hover: hover)').matches) expect(textOf(time)).to.equal(`${date} ${ago}`);
    else expect(getComputedStyle(time, '::after').content).not.to.equal('none');
    expect(time.title).to.include(date);
  });

  it('show the exact instant of a row that has the focus without covering another row', async () => {
    const { element, time } = await show('1200px');
    if (!matchMedia('(hover: hover)').matches) return;
    deep(element, '[part="menu-button"]').focus();
    const { height, position, top } = getComputedStyle(time, '::after');
    expect(position).to.equal('absolute');
    const row = deep(element, 'tbody tr').getBoundingClientRect();
    const middle = time.getBoundingClientRect().top + Number.parseFloat(top);
    expect(middle - Number.parseFloat(height) / 2).to.be.at.least(row.top);
    expect(middle + Number.parseFloat(height) / 2).to.be.at.most(row.bottom);
  });
});
