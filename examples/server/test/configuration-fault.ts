import { ConfigurationError, readConfig } from '../src/config.js';

/** The message by which settings are refused; empty where they are not. */
export const configurationFault = (variables: Record<string, string>): string => {
  try {
    readConfig(variables);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message;
    throw error;
  }
  return '';
};
