/** Texts of conflicting edits. */
export const conflicts = {
  'conflict.title': 'Someone else changed this in the meantime.',
  'conflict.apart': 'You changed different fields. Both changes can be saved.',
  'conflict.same.one': 'You both changed this field. Choose which version to keep.',
  'conflict.same.other': 'You both changed these fields. Choose which version to keep.',
  'conflict.some': 'You both changed one or more of these fields. Choose which version to keep.',
  'conflict.now': 'Current version',
  'conflict.mine': 'Your version',
  'conflict.before': 'Before',
  'conflict.empty': 'Empty',
  'conflict.replaced': 'It may have been replaced',
  'conflict.ownSecret': 'New value',
  'conflict.keepMine': 'Keep my version',
  'conflict.useTheirs': 'Use current version',
  'conflict.saveBoth': 'Save both',
  'conflict.taken': 'The form now shows the saved version.',
  'conflict.gone': 'Someone else deleted this in the meantime.',
} as const;
