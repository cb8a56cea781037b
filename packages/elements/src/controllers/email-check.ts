import { readEmail } from '@ai-cockpit/sdk';
import type { Check } from './form-controller.js';

/**
 * The contract's rule for e-mail addresses. `<input type="email">` has another: it refuses letters beyond ASCII before
 * the @, and engines differ in whether they change the domain.
 */
export const checkEmail: Check = ({ name, value }) => (name === 'email' && !readEmail(value) ? 'format' : undefined);
