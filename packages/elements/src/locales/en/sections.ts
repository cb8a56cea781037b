export const sections = {
  'section.profile': 'Profile',
  'section.providers': 'Providers',
  'section.api-keys': '{Nouns}',
  'section.notifications': 'Notifications',
  'section.activity': 'Activity',
  'section.terms': 'Terms and conditions',
  'section.documentation': 'Documentation',
  'sections.label': 'Account settings',
} as const;
