import * as z from 'zod/mini';
import { azureDevOps } from './azure-devops.js';
import { businessmap } from './businessmap.js';
import { catalogueOf } from './catalogue.js';
import { ConsistentDefinition } from './definition-faults.js';
import { githubProjects } from './github-projects.js';
import { jira } from './jira.js';
import { jiraDataCenter } from './jira-data-center.js';
import { serviceNow } from './servicenow.js';

/** Every provider that ships; a policy chooses among them, and among the host's own, by id. */
export const catalogue = catalogueOf([jira, jiraDataCenter, businessmap, azureDevOps, serviceNow, githubProjects]);

/** Adds a host's own providers. None replaces one that ships, because tokens may be stored for it. */
export const HostProviders = z.array(ConsistentDefinition).check(
  z.check(({ value, issues }) => {
    for (const [at, { id }] of value.entries()) {
      const isTaken = catalogue.has(id) || value.findIndex((other) => other.id === id) < at;
      if (isTaken)
        issues.push({
          code: 'custom',
          input: id,
          path: [at, 'id'],
          message: 'is that of another provider: each has an id of its own',
        });
    }
  }),
);
