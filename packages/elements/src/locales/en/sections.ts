export const sections = {
  'section.profile': 'Profile',
  'section.providers': 'Providers',
  'section.api-keys': '{Nouns}',
  'section.api-key': '{Noun}',
  'section.notifications': 'Notifications',
  'section.activity': 'Activity',
  'section.terms': 'Terms and conditions',
  'section.documentation': 'Documentation',
  'sections.label': 'Account settings',
  'page.unsaved': 'Not everything is saved yet. See what is said above.',
} as const;
