export { type DemoInPage, startDemoInPage } from './demo.js';
export { answerLost, type Fault, held, offline, slow, status } from './faults.js';
export { type InPageServer, startInPage } from './server.js';
