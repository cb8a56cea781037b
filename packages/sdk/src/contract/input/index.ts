export { type AddressField, type AddressPattern, reduceAddress, takesAddress } from './address.js';
export { isBlank } from './blank.js';
export { trimEdges } from './characters.js';
export { credentialErrorCode, type CredentialErrorCode } from './credential.js';
export { type EmailAddress, readEmail } from './email.js';
export { isTimeZone } from './time-zone.js';
export { visibleText } from './visible-text.js';
