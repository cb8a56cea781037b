import type * as z from 'zod/mini';
import type { OperationId } from './contract/operations.js';
import { knownForms, knownValues } from './contract/endpoints/values.js';
import { warnDeveloper } from './developer-warnings.js';
import { misfitText } from './errors.js';

/** The schemas inside a schema, by its kind. */
interface Inner {
  readonly shape?: Readonly<Record<string, z.ZodMiniType>>;
  readonly catchall?: z.ZodMiniType;
  readonly element?: z.ZodMiniType;
  readonly innerType?: z.ZodMiniType;
}

const expectedOf = (schema: z.ZodMiniType, value: string): string | undefined => {
  const known = knownValues.get(schema);
  if (known) {
    const values = Object.values(known).flat();
    return values.includes(value) ? undefined : `one of ${values.join(', ')}`;
  }
  const form = knownForms.get(schema);
  return form && !form.pattern.test(value) ? form.name : undefined;
};

/**
 * Warns of values that are accepted although this contract does not know them: `Active` for `active`, or a date in
 * another form. Such values are shown or sorted wrongly, without an error. A newer server may be right to send them.
 *
 * @param value The received value, which fits the schema.
 */
export const warnOfDeviations = (operationId: OperationId, schema: z.ZodMiniType, value: unknown, path = ''): void => {
  const { innerType, element, shape = {}, catchall } = schema._zod.def as Inner;
  if (innerType) return warnOfDeviations(operationId, innerType, value, path);
  if (typeof value === 'string') {
    const expected = expectedOf(schema, value);
    if (expected) warnDeveloper(misfitText(operationId, path, expected));
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, member] of Object.entries(value)) {
      const inner = element ?? shape[name] ?? catchall;
      const place = element ? '*' : name;
      if (inner) warnOfDeviations(operationId, inner, member, path ? `${path}.${place}` : place);
    }
  }
};
