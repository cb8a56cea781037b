export const roles = {
  'role.administrator': 'Administrator',
  'role.manager': 'Manager',
  'role.member': 'Member',
  'role.viewer': 'Viewer',
} as const;
