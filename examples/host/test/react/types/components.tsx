// Type tests: code that compiles in React, and code that must not. It is never run.
import type { ApiKeyCreatedEvent, ApiKeyCreateElement, ProfileTabsElement } from '@ai-cockpit/elements';
import { ApiKeyCreate, ApiKeyList, type ApiKeyListProps, CockpitClient, ProfileTabs } from '@ai-cockpit/elements/react';
import { createCockpit } from '@ai-cockpit/sdk';
import { type ComponentProps, createRef, type ReactElement } from 'react';

const client = createCockpit({ baseUrl: '/v1' });
const tabs = createRef<ProfileTabsElement>();
const handleCreated = (event: ApiKeyCreatedEvent): void => console.log(event.apiKey.maskedValue);
const listProps: ApiKeyListProps = { owner: 'organization', pageSize: 10 };
const tabsProps: ComponentProps<typeof ProfileTabs> = { deepLink: true, section: 'profile' };

export const accepted: ReactElement[] = [
  <CockpitClient key="1" baseUrl="/v1" organizationId="acme" locale="ja" messages={{ en: { save: 'Keep' } }}>
    <ApiKeyCreate owner="user" onApiKeyCreated={handleCreated} onClose={(event) => event.preventDefault()} />
    text, and <b>markup</b>
  </CockpitClient>,
  <CockpitClient
    key="2"
    client={client}
    onCockpitError={({ error }) => console.error(error)}
    onCockpitSessionExpired={({ repeated }) => repeated}
    getAccessToken={async ({ refresh }) => (refresh ? 'new' : 'token')}
  />,
  <ProfileTabs key="3" ref={tabs} className="tabs" style={{ margin: 0 }} id="tabs" data-test="x" {...tabsProps} />,
  <ApiKeyCreate key="4" ref={(element: ApiKeyCreateElement | null) => console.log(element?.open)} />,
  <ApiKeyList
    key="5"
    {...listProps}
    slot="main"
    hidden
    aria-label="Keys"
    onClick={(event) => event.currentTarget.owner}
  />,
];

export const refused: ReactElement[] = [
  // @ts-expect-error -- a property in a wrong spelling
  <CockpitClient key="1" baseURL="/v1" />,
  // @ts-expect-error -- the spelling of attributes
  <CockpitClient key="2" baseurl="/v1" />,
  // @ts-expect-error -- a number is needed
  <ApiKeyList key="3" pageSize="10" />,
  // @ts-expect-error -- one of three words
  <ApiKeyList key="4" owner="nobody" />,
  // @ts-expect-error -- an event in a wrong spelling
  <ApiKeyCreate key="5" onApikeyCreated={handleCreated} />,
  // @ts-expect-error -- an event of other elements
  <ApiKeyCreate key="6" onProfileSaved={() => undefined} />,
  // @ts-expect-error -- a handler of another event
  <ApiKeyCreate key="7" onCockpitSessionExpired={handleCreated} />,
  // @ts-expect-error -- the ref of another element
  <ApiKeyCreate key="8" ref={tabs} />,
  // @ts-expect-error -- a method
  <ApiKeyCreate key="9" requestUpdate={() => undefined} />,
  // @ts-expect-error -- an event has no `detail`
  <ApiKeyCreate key="10" onApiKeyCreated={(event) => event.detail.apiKey} />,
];
