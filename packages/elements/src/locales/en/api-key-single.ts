/** Texts of the panel for a single key. */
export const apiKeySingle = {
  'apiKeySingle.title': '{Noun} of {owner}',
  'apiKeySingle.ownTitle': 'Your {noun}',
  'apiKeySingle.exists': 'The value was shown once, when it was new, and cannot be shown again.',
  'apiKeySingle.onlyOne': 'There can be only one {noun} at a time. Remove it before you get a new one.',
  'apiKeySingle.ends':
    'The present {noun} stops working at once: every program that uses it is refused, and future calls need a new one. This cannot be undone.',
  'apiKeySingle.over': 'This {noun} works no more. Deleting it removes it for good.',
  'apiKeySingle.deleted': 'The {noun} has been deleted. Future calls need a new one.',
  'apiKeySingle.revoked': 'The {noun} has been revoked. Future calls need a new one.',
  'apiKeySingle.survives': 'The present {noun} still works.',
  'apiKeySingle.uncertain':
    'It is not certain whether the present {noun} has been replaced. Try again to be sure: you will not get two.',
  'apiKeySingle.elsewhere': 'The {noun} that was shown here has been removed or replaced elsewhere.',
} as const;
