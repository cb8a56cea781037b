import * as sdk from './sdk.js';

globalThis.sdk = sdk;
