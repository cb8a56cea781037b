/** Texts of the panel for a single key. */
export const apiKeySingle = {
  'apiKeySingle.title': '{Noun} of {owner}',
  'apiKeySingle.ownTitle': 'Your {noun}',
  'apiKeySingle.shownOnce': 'The value was shown only once and cannot be shown again.',
  'apiKeySingle.empty.generate': 'No {noun} yet. Generate one to get started.',
  'apiKeySingle.empty.create': 'No {noun} yet. Create one to get started.',
  'apiKeySingle.onlyOne.delete': 'Only one {noun} can exist at a time. To get a new one, delete the current one first.',
  'apiKeySingle.onlyOne.revoke': 'Only one {noun} can exist at a time. To get a new one, revoke the current one first.',
  'apiKeySingle.stopsWorking':
    'The current {noun} stops working immediately. Programs that use it will be rejected, and future calls need a new one. This cannot be undone.',
  'apiKeySingle.noLongerWorks': 'This {noun} no longer works. Deleting it removes it permanently.',
  'apiKeySingle.created': 'The {noun} has been created.',
  'apiKeySingle.replaced': 'The {noun} has been replaced. The previous one no longer works.',
  'apiKeySingle.deleted': 'The {noun} has been deleted. Future calls need a new one.',
  'apiKeySingle.revoked': 'The {noun} has been revoked. Future calls need a new one.',
  'apiKeySingle.stillWorks': 'The current {noun} still works.',
  'apiKeySingle.mayBeReplaced':
    'The current {noun} may have been replaced. Try again to check: no second one is created.',
  'apiKeySingle.changedElsewhere': 'The {noun} shown here was deleted or replaced elsewhere.',
} as const;
