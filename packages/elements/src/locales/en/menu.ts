export const menu = {
  'menu.label': 'Account',
  'menu.of': 'Account of {name}',
  'menu.profile': 'Profile',
} as const;
