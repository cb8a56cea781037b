import type { ApiKeyCreateElement, ApiKeyListElement } from '@ai-cockpit/elements';
import { ApiKeyCreate, ApiKeyList, CockpitClient } from '@ai-cockpit/elements/react';
import { StrictMode, useRef, useState } from 'react';

/** A ref callback of React 19, which returns what undoes it. */
const watchList = (list: ApiKeyListElement | null) => {
  document.body.dataset['list'] = list?.localName ?? 'null';
  return () => {
    document.body.dataset['list'] = 'cleaned up';
  };
};

/** Elements with every kind of prop: properties, an attribute, listeners, a ref, a class, children. */
export const KeyPage = () => {
  const [maskedValue, setMaskedValue] = useState<string>();
  const [count, setCount] = useState(0);
  const [isShown, setIsShown] = useState(true);
  const create = useRef<ApiKeyCreateElement>(null);
  return (
    <StrictMode>
      <button onClick={() => setIsShown(!isShown)}>{isShown ? 'Unmount' : 'Mount'}</button>
      <button onClick={() => create.current && (create.current.open = true)}>Open by the ref</button>
      {isShown && (
        <CockpitClient
          baseUrl="/ai-cockpit-one/v1"
          className="keys"
          id="keys"
          data-testid="keys"
          lang="en"
          title="Keys"
        >
          <ApiKeyCreate
            ref={create}
            owner="organization"
            onApiKeyCreated={({ apiKey }) => {
              setMaskedValue(apiKey.maskedValue);
              setCount(count + 1);
            }}
          />
          <ApiKeyList ref={watchList} owner="organization" pageSize={1}>
            <p slot="header">Above the keys</p>
          </ApiKeyList>
        </CockpitClient>
      )}
      <p role="status">
        {count} created{maskedValue && `, the last of them ${maskedValue}`}
      </p>
    </StrictMode>
  );
};
