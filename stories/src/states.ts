import { offline } from '@ai-cockpit/example-server/in-page';
import type { StoryObj } from '@storybook/web-components-vite';
import { expect } from 'storybook/test';
import { findAll, Person, settled } from './person.js';
import { serverOf } from './server/connection.js';

/** States that most elements have. Spread into a story, whose own `play` continues from there. */
type State = Pick<StoryObj, 'globals' | 'parameters' | 'play' | 'tags'>;
export type Play = NonNullable<StoryObj['play']>;

/** A story that comes to its state by what somebody does in it: pages of documentation do not repeat it. */
export const played = { tags: ['!autodocs'] } satisfies State;

/** A story that ends while something is still awaited. */
export const waiting = { parameters: { waiting: true } } satisfies State;

/** The server does not answer: an outline of what is to come. */
export const loading = {
  ...waiting,
  globals: { fault: 'never' },
  play: async ({ canvasElement }) => {
    await expect(findAll(canvasElement, '[aria-busy="true"]')).not.toHaveLength(0);
  },
} satisfies State;

/** It could not be read: what happened, and what to do. */
export const failed = {
  globals: { fault: 'offline' },
  play: async (scene) => {
    await new Person(scene).reads('The server could not be reached.');
  },
} satisfies State;

/** As before, but the server is back, and somebody tries again. */
export const retried = (name: string): State => ({
  ...failed,
  ...played,
  play: async (scene) => {
    await failed.play(scene);
    serverOf(scene).fault();
    const person = new Person(scene);
    await person.presses('Try again');
    await person.reads(name);
    await person.readsNoMore('The server could not be reached.');
  },
});

/** The session is refused from the start. */
export const signedOut: State = {
  globals: { person: 'nobody' },
  play: async (scene) => {
    await new Person(scene).reads('You are not signed in.');
  },
};

export const dark = { globals: { theme: 'dark' } } satisfies State;

/** Nothing has to be scrolled sideways. */
export const fits: Play = async ({ canvasElement }) => {
  await settled(canvasElement);
  const { scrollWidth, clientWidth } = document.documentElement;
  await expect(scrollWidth).toBeLessThanOrEqual(clientWidth);
};

export const rightToLeft = { globals: { direction: 'rtl' }, play: fits } satisfies State;

/** As on the smallest telephone. */
export const narrow = { globals: { viewport: { value: 'w320' } }, play: fits } satisfies State;

// Storybook writes into what a module exports as a story. A story that was one of these would write its own parameters
// into all that are made of it.
for (const state of [played, waiting, loading, failed, signedOut, dark, rightToLeft, narrow]) Object.freeze(state);

/** Fills in the form and sends it. */
interface Submission {
  fillsIn: Play;
  /** The button's name. */
  presses: string;
  /** A field that keeps what was typed while it cannot be sent. */
  keeps: readonly [field: RegExp, value: string];
  /** Shows that the form was sent. */
  isDone: (person: Person) => Promise<unknown>;
}

/** A submission that fails, and goes through once what stood in its way is gone. */
export const submissionStates = ({ fillsIn, presses, keeps, isDone }: Submission) => {
  const [field, value] = keeps;
  const sends: Play = (scene) => new Person(scene).presses(presses);
  const lapses: Play = async (scene) => {
    await fillsIn(scene);
    serverOf(scene).lapse('ana');
    await sends(scene);
    const person = new Person(scene);
    await person.reads('Your session has expired.');
    await expect(await person.field(field)).toHaveValue(value);
  };
  return {
    retried: {
      ...played,
      play: async (scene) => {
        await fillsIn(scene);
        serverOf(scene).fault(offline);
        await sends(scene);
        const person = new Person(scene);
        await person.reads('The server could not be reached.');
        await person.reads('What you typed is still here.');
        serverOf(scene).fault();
        await sends(scene);
        await isDone(person);
      },
    },
    sessionLapsed: { ...played, play: lapses },
    sessionRenewed: {
      ...played,
      play: async (scene) => {
        await lapses(scene);
        serverOf(scene).renew('ana');
        await sends(scene);
        await isDone(new Person(scene));
      },
    },
  } satisfies Record<string, State>;
};
