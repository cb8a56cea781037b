import '@ai-cockpit/elements';
import { bootstrapApplication } from '@angular/platform-browser';
import { App } from './app';

// Zoneless, as Angular is by default. One that loads zone.js needs nothing else for the elements.
bootstrapApplication(App).catch((error: unknown) => console.error(error));
