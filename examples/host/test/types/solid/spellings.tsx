// Type tests: spellings that compile in Solid and work, and those that must not compile. It is never run.
import type { ApiKeyCreatedEvent } from '@ai-cockpit/elements';
import type {} from '@ai-cockpit/elements/solid';
import { createCockpit } from '@ai-cockpit/sdk';

const client = createCockpit({ baseUrl: '/v1' });
const handleCreated = (event: ApiKeyCreatedEvent): void => console.log(event.apiKey.maskedValue);

export const accepted = (
  <>
    <cockpit-client base-url="/v1" on:cockpit-session-expired={(event) => console.log(event.repeated)} />
    <cockpit-client baseUrl="/v1" organizationId="acme" locale="ja" messages={{ en: { save: 'Keep' } }} />
    <cockpit-client attr:base-url="/v1" contain-typing />
    <cockpit-client client={client} prop:organizationId="acme" />
    <api-key-list page-size="10" owner="organization" data-test="keys" class="keys" slot="keys" id="keys" hidden />
    <api-key-list pageSize="10" />
    <api-key-list pageSize={10} />
    <api-key-list prop:pageSize={10} attr:page-size="10" />
    <profile-tabs deep-link section="profile" />
    <profile-tabs deepLink="push" />
    <api-key-create on:api-key-created={handleCreated} open={false}>
      <p slot="main">text</p>
    </api-key-create>
  </>
);

export const refused = (
  <>
    {/* @ts-expect-error -- a property in a wrong spelling */}
    <cockpit-client baseURL="/v1" />
    {/* @ts-expect-error -- a property that is not text */}
    <cockpit-client client="/v1" />
    {/* @ts-expect-error -- text that is no number */}
    <api-key-list page-size="ten" />
    {/* @ts-expect-error -- text that is no number */}
    <api-key-list pageSize="ten" />
    {/* @ts-expect-error -- a property takes a number */}
    <api-key-list prop:pageSize="10" />
    {/* @ts-expect-error -- one of three words */}
    <api-key-list owner="nobody" />
    {/* @ts-expect-error -- a word that is none of deep-link */}
    <profile-tabs deep-link="replace" />
    {/* @ts-expect-error -- a handler of another event */}
    <cockpit-client on:cockpit-session-expired={handleCreated} />
    {/* @ts-expect-error -- React's spelling of an event */}
    <api-key-create onApiKeyCreated={handleCreated} />
    {/* @ts-expect-error -- an event has no `detail` */}
    <api-key-create on:api-key-created={(event) => console.log(event.detail)} />
  </>
);
