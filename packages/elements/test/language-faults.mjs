/** What is held at present goes on by these. */
const held = [];
let arrived = () => {};

/**
 * What a page asks for by its cookie `languages`, for the language files that it loads from then on: `refused`, or
 * `held` until the page asks for their release, which waits for the first of them.
 */
export const languageFaults = async (context, next) => {
  if (context.path === '/release-languages') {
    if (held.length === 0) await new Promise((resolve) => (arrived = resolve));
    for (const release of held.splice(0)) release();
    context.status = 204;
    return;
  }
  const fault = /\/elements\/src\/locales\/[^/]+\.ts$/.test(context.path) && context.cookies.get('languages');
  if (fault === 'refused') {
    context.status = 503;
    context.set('Cache-Control', 'no-store');
    return;
  }
  if (fault === 'held')
    await new Promise((resolve) => {
      held.push(resolve);
      arrived();
    });
  await next();
};
