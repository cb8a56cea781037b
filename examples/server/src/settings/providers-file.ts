import { type Catalogue, catalogueOf } from '../providers/catalogue.js';
import { catalogue, HostProviders } from '../providers/index.js';
import { readDocument } from '../documents/document-faults.js';
import { readJsonFile } from './files.js';

/** The providers that ship and those of the file that `PROVIDERS` names, or its faults. */
export const readProviders = (path: string): { providers: Catalogue } | { faults: string[] } => {
  const file = readJsonFile(path);
  if ('fault' in file) return { faults: [file.fault] };
  const reading = readDocument(HostProviders, file.document);
  if ('faults' in reading) return reading;
  return { providers: new Map([...catalogue, ...catalogueOf(reading.data)]) };
};
