/** Each releases a request that is held. */
const held = [];
let arrived = () => {};

/**
 * The cookie `languages` of a page injects a fault into its later requests for language files: `refused`, or `held`
 * until the page requests their release, which waits for the first of them.
 */
export const languageFaults = async (context, next) => {
  if (context.path === '/release-languages') {
    if (held.length === 0) await new Promise((resolve) => (arrived = resolve));
    for (const release of held.splice(0)) release();
    context.status = 204;
    return;
  }
  if (!/\/elements\/src\/locales\/[^/]+\.ts$/.test(context.path)) return next();
  const fault = context.cookies.get('languages');
  if (fault === 'held')
    await new Promise((resolve) => {
      held.push(resolve);
      arrived();
    });
  if (fault === 'refused') context.status = 503;
  else await next();
  // The runner has a file kept for a year, by its path: what one page has loaded would answer for the server in another.
  context.path = '/';
  context.set('Cache-Control', 'no-store');
};
