import '@ai-cockpit/elements';
