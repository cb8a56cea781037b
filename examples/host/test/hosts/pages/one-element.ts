import '@ai-cockpit/elements/cockpit-client.js';
import '@ai-cockpit/elements/profile-form.js';
