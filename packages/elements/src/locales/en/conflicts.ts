/** Texts of conflicting edits. */
export const conflicts = {
  'conflict.title': 'Somebody else changed this in the meantime.',
  'conflict.apart': 'You changed something else. Both can be saved.',
  'conflict.same': 'You changed the same. Choose which of the two to keep.',
  'conflict.now': 'There now',
  'conflict.mine': 'Yours',
  'conflict.before': 'Before',
  'conflict.empty': 'Empty',
  'conflict.replaced': 'It may have been replaced',
  'conflict.ownSecret': 'A new one',
  'conflict.keepMine': 'Keep mine',
  'conflict.useTheirs': 'Use theirs',
  'conflict.saveBoth': 'Save both',
  'conflict.taken': 'What is there now stands in the form.',
  'conflict.gone': 'Somebody else deleted this in the meantime.',
} as const;
