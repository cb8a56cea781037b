const isPublic = ({ name, privacy }) => privacy !== 'private' && privacy !== 'protected' && !name.startsWith('#');

/**
 * Of each element, what is documented and for others: the analyzer takes every dispatched variable for an event too,
 * and lists what no host can reach.
 *
 * @returns {import('@custom-elements-manifest/analyzer').Plugin}
 */
export const documented = () => ({
  name: 'documented',
  packageLinkPhase({ customElementsManifest }) {
    for (const { declarations = [] } of customElementsManifest.modules) {
      for (const declaration of declarations) {
        if (declaration.events) declaration.events = declaration.events.filter(({ description }) => description);
        if (declaration.members) declaration.members = declaration.members.filter(isPublic);
      }
    }
  },
});
