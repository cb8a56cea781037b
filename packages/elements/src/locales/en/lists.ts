export const lists = {
  delete: 'Delete',
  deleting: 'Deleting…',
  edit: 'Edit',
  search: 'Search',
  clearSearch: 'Clear search',
  never: 'Never',
  previous: 'Previous',
  next: 'Next',
  pages: 'Pages: {list}',
  actions: 'Actions for {name}',
  'removal.changed': 'Nothing has been done yet. Go on only if you still want to.',
} as const;
