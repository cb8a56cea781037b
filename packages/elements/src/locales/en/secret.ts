export const secret = {
  'secret.copy': 'Copy',
  'secret.copied': 'Copied',
  'secret.copyFailed': 'It could not be copied. It is selected now: press Ctrl+C, or ⌘C on a Mac.',
  'secret.advice': 'Store it in a safe place now. It is not shown again.',
  'secret.question': 'Have you stored it? It was not copied here, and it is not shown again.',
  'secret.stored': 'I have stored it',
  'secret.goBack': 'Go back',
  'secret.gone': 'The value is no longer shown, because you left this page.',
} as const;
