/** `organization-change` before another organization is active, cancelable; `organization-changed` after. */
export class OrganizationChangeEvent extends Event {
  readonly organizationId: string;

  constructor(type: 'organization-change' | 'organization-changed', organizationId: string) {
    super(type, { bubbles: true, composed: true, cancelable: type === 'organization-change' });
    this.organizationId = organizationId;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'organization-change': OrganizationChangeEvent;
    'organization-changed': OrganizationChangeEvent;
  }
}
