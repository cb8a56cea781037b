import type { Answer, Bytes, OperationDefinition } from '@ai-cockpit/sdk/contract';

interface Versioned {
  version: number;
}

interface PageOfList {
  nextCursor: string | null;
}

interface JsonReply<Body> {
  kind: 'json';
  body: Body;
  /** The entity tag. A resource always has one, so that a client can change it. */
  version: Body extends Versioned | { apiKey: Versioned } ? number : number | null;
  /** The cursor of the link to the next page. */
  nextCursor: Body extends PageOfList ? Body['nextCursor'] : string | null;
}

interface BytesReply {
  kind: 'bytes';
  body: Blob;
  /** The entity tag. */
  version: number;
}

interface EmptyReply {
  kind: 'empty';
}

interface RedirectReply {
  kind: 'redirect';
  location: string;
}

// One status or answer at a time, where a type has several: of any operation, it is any reply.
type ReplyOf<Status, Declared, Body> = Status extends 204
  ? EmptyReply
  : Status extends 303
    ? RedirectReply
    : Declared extends Bytes
      ? BytesReply
      : JsonReply<Body>;

/** The reply of the kind that an operation declares by its status and its answer. */
export type Reply<T extends OperationDefinition> = ReplyOf<T['status'], T['answer'], Answer<T>>;

export type AnyReply = Reply<OperationDefinition>;

export const json = <Body>(body: Body) => ({ kind: 'json', body, version: null, nextCursor: null }) as const;

export const resource = <Body extends Versioned>(body: Body) => ({ ...json(body), version: body.version });

export const pageOfList = <Body extends PageOfList>(body: Body) => ({ ...json(body), nextCursor: body.nextCursor });

export const bytes = (body: Blob, version: number) => ({ kind: 'bytes', body, version }) as const;

export const empty = { kind: 'empty' } as const;

export const redirect = (location: string) => ({ kind: 'redirect', location }) as const;
