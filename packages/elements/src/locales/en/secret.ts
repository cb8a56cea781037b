export const secret = {
  'secret.copy': 'Copy',
  'secret.copyCurl': 'Copy as curl',
  'secret.copied': 'Copied',
  'secret.copyFailed': 'Could not copy. The value is selected: press Ctrl+C, or ⌘C on a Mac.',
  'secret.advice': 'Copy it now and store it somewhere safe. You won’t be able to see it again.',
  'secret.closeQuestion': 'Close without copying? You won’t be able to see this {noun} again.',
  'secret.closeAnyway': 'Close anyway',
  'secret.done': 'Done',
  'secret.finishQuestion': 'Finish without copying? You won’t be able to see this {noun} again.',
  'secret.finishAnyway': 'Finish anyway',
  'secret.goBack': 'Go back',
  'secret.noLongerShown': 'The value is no longer shown because you left this page.',
} as const;
