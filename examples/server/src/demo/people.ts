import type { Role } from '@ai-cockpit/sdk/contract';
import type { Store } from '../store/store.js';

export interface DemoPerson {
  id: string;
  firstName: string;
  lastName: string;
  email: string;
  /** By organization; the first is the default one. */
  roles: Readonly<Record<string, Role>>;
}

export const demoOrganizations = [
  { id: 'acme', name: 'Acme' },
  { id: 'globex', name: 'Globex' },
];

export const demoPeople: readonly DemoPerson[] = [
  {
    id: 'ana',
    firstName: 'Ana',
    lastName: 'Souza',
    email: 'ana@acme.example',
    roles: { acme: 'administrator', globex: 'member' },
  },
  { id: 'bruno', firstName: 'Bruno', lastName: 'Lima', email: 'bruno@acme.example', roles: { acme: 'manager' } },
  { id: 'carla', firstName: 'Carla', lastName: 'Mendes', email: 'carla@acme.example', roles: { acme: 'member' } },
  { id: 'dora', firstName: 'Dora', lastName: 'Keller', email: 'dora@globex.example', roles: { globex: 'manager' } },
  { id: 'eve', firstName: 'Eve', lastName: 'Okafor', email: 'eve@acme.example', roles: { acme: 'viewer' } },
];

/** Fills the demo's directory once, and answers whether it did: a removed person stays removed. */
export const fillDirectory = async ({ directory }: Store): Promise<boolean> => {
  if (await directory.organization('acme')) return false;
  for (const organization of demoOrganizations) await directory.addOrganization(organization);
  for (const { id, roles } of demoPeople)
    for (const [organizationId, role] of Object.entries(roles)) await directory.setMembership(id, organizationId, role);
  return true;
};
