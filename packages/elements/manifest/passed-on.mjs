/**
 * Events bubble through the elements that hold others: a host hears them there too.
 *
 * @param {Record<string, readonly string[] | 'all'>} held The tags that an element holds, by its own.
 * @returns {import('@custom-elements-manifest/analyzer').Plugin}
 */
export const passedOn = (held) => ({
  name: 'passed-on',
  packageLinkPhase({ customElementsManifest }) {
    const elements = customElementsManifest.modules
      .flatMap(({ declarations = [] }) => declarations)
      .filter(({ tagName }) => tagName);
    for (const element of elements) {
      const tags = held[element.tagName] ?? [];
      const own = element.events.map(({ name }) => name);
      const passed = elements
        .filter(({ tagName }) => tagName !== element.tagName && (tags === 'all' || tags.includes(tagName)))
        .flatMap(({ events }) => events)
        // Each of our own classes bubbles, a plain event does not.
        .filter(({ name, type }) => type.text !== 'Event' && !own.includes(name));
      element.events.push(...new Map(passed.map((event) => [event.name, event])).values());
    }
  },
});
