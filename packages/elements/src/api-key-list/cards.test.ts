import { duplocloud } from '@ai-cockpit/sdk/presets';
import { expect, fixture, html } from '@open-wc/testing';
import { appears, deep, deepAll } from '../../test/page.js';
import { startServer, type TestServer } from '../../test/server.js';
import type { ApiKeyListElement } from './api-key-list.js';
import './define.js';

describe('<api-key-list>: its frame and its cards', () => {
  let server: TestServer;
  beforeEach(async () => {
    server = await startServer(duplocloud);
    (await server.client('ana').apiKeys.create({ name: 'Nightly' })).secret?.dispose();
  });
  afterEach(() => server.close());

  const shown = async (width: number, owner = 'user', lang = 'en') => {
    const element = await fixture<ApiKeyListElement>(
      html`<api-key-list .client=${server.client('ana')} owner=${owner} lang=${lang}></api-key-list>`,
      { parentNode: Object.assign(document.createElement('div'), { style: `inline-size: ${width}px` }) },
    );
    await appears(element, 'tbody tr');
    return element;
  };

  for (const width of [960, 328]) {
    it(`a row does not cover the round corners of the frame, at ${width} px`, async () => {
      const element = await shown(width);
      // Not by hit testing, in which WebKit has no round corners.
      const { overflowX, overflowY, borderEndEndRadius } = getComputedStyle(deep(element, '[part="frame"]'));
      expect([overflowX, overflowY]).to.deep.equal(['clip', 'clip']);
      expect(Number.parseFloat(borderEndEndRadius)).to.be.greaterThan(4);
    });
  }

  for (const lang of ['en', 'pt-BR', 'es', 'ja']) {
    it(`the choices to sort by stand in even columns on a phone: ${lang}`, async () => {
      const element = await shown(328, 'all', lang);
      const choices = deepAll(element, 'th[aria-sort]').map((choice) => choice.getBoundingClientRect());
      const different = (values: number[]) => [...new Set(values.map(Math.round))];
      expect(choices.length).to.be.at.least(4);
      expect(different(choices.map(({ width }) => width))).to.have.length(1);
      expect(different(choices.map(({ left }) => left))).to.have.length(2);
      for (const button of deepAll(element, '[part="sort"]'))
        expect(button.scrollWidth).to.be.at.most(Math.ceil(choices[0]?.width ?? 0) + 16);
    });
  }
});
