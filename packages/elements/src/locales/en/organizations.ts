export const organizations = {
  'organization.label': 'Organization',
  'organization.none': 'No organization',
  'organization.choose': 'Choose an organization',
  'organization.noMatch': 'No organization matches “{q}”.',
  'organization.count.one': '{count} organization',
  'organization.count.other': '{count} organizations',
  'organization.failed': 'Your organizations could not be loaded.',
} as const;
