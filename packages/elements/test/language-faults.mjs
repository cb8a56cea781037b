/**
 * What a page asks for by its cookie `languages`, for the language files that it loads from then on: `refused`, or
 * `slow`.
 */
export const languageFaults = async (context, next) => {
  const fault = /\/elements\/src\/locales\/[^/]+\.ts$/.test(context.path) && context.cookies.get('languages');
  if (fault === 'refused') {
    context.status = 503;
    context.set('Cache-Control', 'no-store');
    return;
  }
  if (fault === 'slow') await new Promise((resolve) => setTimeout(resolve, 250));
  await next();
};
