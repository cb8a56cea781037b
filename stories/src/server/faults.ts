import { type Fault, offline, slow, status } from '@ai-cockpit/example-server/in-page';

const never: Fault = () => new Promise(() => {});

/** Answers, but not what the contract says. */
const lies: Fault = () => Promise.resolve(Response.json({ sections: 'none', data: 42 }));

/** The faults between the elements and the server, by their names in the toolbar; `none` injects no fault. */
export const faults: Readonly<Record<string, { readonly title: string; readonly fault?: Fault }>> = {
  none: { title: 'Server: answers' },
  slow: { title: 'Server: takes 2 seconds', fault: slow(2000) },
  never: { title: 'Server: never answers', fault: never },
  offline: { title: 'Server: cannot be reached', fault: offline },
  fails: { title: 'Server: fails (500)', fault: status(500) },
  busy: { title: 'Server: is busy (503)', fault: status(503) },
  lies: { title: 'Server: breaks the contract', fault: lies },
};
