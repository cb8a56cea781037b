export const sections = {
  'sections.label': 'Account settings',
  'page.unsaved': 'Some changes were not saved. See the errors above.',
} as const;
