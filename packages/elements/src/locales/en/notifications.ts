export const notifications = {
  'notifications.email': 'E-mail address for notifications',
  'notifications.enabled': 'I want to receive e-mail notifications',
  'notifications.on': 'On',
  'notifications.off': 'Off',
  'notifications.events': 'What to tell me about',
  'notifications.event.job.completed': 'Job completed',
  'notifications.event.job.failed': 'Job failed',
  'notifications.event.job.stopped': 'Job stopped by a user',
  'notifications.event.application.created': 'Application created',
  'notifications.event.version.created': 'New version created',
  'notifications.notConfigured':
    'No mail server is set up here yet: nothing is sent until an administrator does that. What you choose is kept.',
  'notifications.waiting.one': '{count} mail waits to be sent.',
  'notifications.waiting.other': '{count} mails wait to be sent.',
  'notifications.waitingSince': 'The oldest is from {when}.',
  'notifications.notOffered': 'There are no notifications here.',
} as const;
