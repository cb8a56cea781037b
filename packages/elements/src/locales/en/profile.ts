export const profile = {
  'profile.name': 'Name',
  'profile.edit': 'Edit',
  'profile.firstName': 'First name',
  'profile.lastName': 'Last name',
  'profile.email': 'E-mail',
  'profile.loginName': 'Login name',
  'profile.role': 'Role',
  'profile.managedBy.organization': 'Managed by your organization.',
  'profile.managedBy.identityProvider': 'Managed by your identity provider.',
  'profile.readOnly': 'This cannot be changed here.',
  'profile.noRole': 'No role',
} as const;
