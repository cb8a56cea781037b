import type { ChangeEvent } from '@ai-cockpit/sdk';

const writes = ['updateProfile', 'setAvatar', 'removeAvatar'];

/** Whether a change is one of the profile, which the avatar has its version from. */
export const writesProfile = ({ operationId }: ChangeEvent): boolean => writes.includes(operationId);
