import { createComponent } from '@lit/react';
import type { LitElement } from 'lit';
import * as React from 'react';

type Props = Readonly<Record<string, unknown>>;
type AnyFunction = (...args: unknown[]) => unknown;

/** An effect does nothing on a server, and React 18 warns of one there. */
const useLayoutEffect = typeof document === 'undefined' ? (): void => undefined : React.useLayoutEffect;

const isFunction = (value: unknown): value is AnyFunction => typeof value === 'function';

/**
 * The props of a component as its element takes them. A function for a property, such as `getAccessToken`, becomes one
 * function for as long as the component is mounted, which calls the function of the latest render: the element takes
 * another function for another person's. A listener that is no function, such as `isWatched && handleCreated`, is none.
 */
const useElementProps = (props: Props, elementClass: typeof LitElement, events: Readonly<Record<string, string>>) => {
  const latest = React.useRef(props);
  const stable = React.useRef<Record<string, AnyFunction>>({});
  useLayoutEffect(() => {
    latest.current = props;
  });
  const stableFunction = (name: string): AnyFunction =>
    (stable.current[name] ??= (...args) => {
      const value = latest.current[name];
      return isFunction(value) ? value(...args) : undefined;
    });

  return Object.fromEntries(
    Object.entries(props).map(([name, value]) => {
      if (name in events) return [name, isFunction(value) ? value : undefined];
      return [name, isFunction(value) && name in elementClass.prototype ? stableFunction(name) : value];
    }),
  );
};

/** A ref as React 18 and 19 know it: what a callback of 19 returns is called instead of the callback with `null`. */
const useForwardedRef = (ref: React.ForwardedRef<LitElement>): React.RefCallback<LitElement> => {
  const cleanUp = React.useRef<unknown>(undefined);
  return React.useCallback(
    (element: LitElement | null) => {
      if (typeof ref !== 'function') {
        if (ref) ref.current = element;
      } else if (element) {
        cleanUp.current = ref(element);
      } else if (isFunction(cleanUp.current)) {
        cleanUp.current();
      } else {
        ref(null);
      }
    },
    [ref],
  );
};

/** The React component of an element: sets properties, and listens to the events by the name of their prop. */
export const elementComponent = (
  displayName: string,
  tagName: string,
  elementClass: typeof LitElement,
  events: Readonly<Record<string, string>>,
) => {
  // `createComponent` takes each prop for a listener where it does not know the events by name.
  const Element = createComponent({
    react: { ...React, useLayoutEffect },
    tagName,
    elementClass,
    events,
    displayName: tagName,
  }) as React.ComponentType<Props & React.RefAttributes<LitElement>>;
  const Component = React.forwardRef<LitElement, Props>((props, ref) =>
    React.createElement(Element, {
      ...useElementProps(props, elementClass, events),
      ref: useForwardedRef(ref),
    }),
  );
  Component.displayName = displayName;
  return Component;
};
