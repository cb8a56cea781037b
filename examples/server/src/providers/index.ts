import { azureDevOps } from './azure-devops.js';
import { businessmap } from './businessmap.js';
import type { ProviderDefinition } from './definition.js';
import { githubProjects } from './github-projects.js';
import { jira } from './jira.js';
import { jiraDataCenter } from './jira-data-center.js';
import { serviceNow } from './servicenow.js';

/** Every provider known here; a policy chooses among them by id. */
export const catalogue: ReadonlyMap<string, ProviderDefinition> = new Map(
  [jira, jiraDataCenter, businessmap, azureDevOps, serviceNow, githubProjects].map((provider) => [
    provider.description.id,
    provider,
  ]),
);
