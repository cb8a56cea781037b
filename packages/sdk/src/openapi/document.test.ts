import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import { type OperationDefinition, operations, pathsOf } from '../contract/index.js';
import { openApiDocument } from './document.js';

describe('the OpenAPI document', () => {
  it('is the one that is committed', async () => {
    await expect(`${JSON.stringify(openApiDocument(), null, 2)}\n`).toMatchFileSnapshot('../../openapi.json');
  });

  it('is valid OpenAPI 3.1', async () => {
    const validator = new Validator();
    const { valid, errors } = await validator.validate({ ...openApiDocument() });
    expect(errors).toBeUndefined();
    expect(valid).toBe(true);
    expect(validator.version).toBe('3.1');
  });

  it('has each operation at each of its paths, under an operationId of its own', () => {
    const { paths = {} } = openApiDocument();
    const described = Object.entries(paths).flatMap(([path, item]) =>
      Object.entries(item as Record<string, { operationId: string }>).map(
        ([method, { operationId }]) => `${operationId} ${method.toUpperCase()} ${path}`,
      ),
    );
    const all = Object.values<OperationDefinition>(operations);
    expect(described).toHaveLength(all.flatMap(pathsOf).length);
    expect(new Set(described.map((line) => line.split(' ')[0])).size).toBe(described.length);
    expect(described).toContain('listApiKeys GET /api-keys');
    expect(described).toContain('listOrganizationApiKeys GET /organizations/{organizationId}/api-keys');
    expect(described).toContain('revokeOrganizationApiKey POST /organizations/{organizationId}/api-keys/{id}/revoke');
  });

  it('forbids unknown members in what is sent and in nothing that is answered', () => {
    const { components } = openApiDocument();
    expect(components?.schemas).toMatchObject({ NewApiKey: { additionalProperties: false } });
    expect(components?.schemas?.ApiKey).not.toHaveProperty('additionalProperties');
  });
});
