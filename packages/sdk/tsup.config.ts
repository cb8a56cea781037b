import { defineConfig } from 'tsup';

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    integration: 'src/integration.ts',
    'api-key-format': 'src/api-key-format.ts',
    'contract/index': 'src/contract/index.ts',
    'presets/index': 'src/presets/index.ts',
  },
  format: ['esm'],
  target: 'es2022',
  platform: 'neutral',
  dts: true,
  sourcemap: true,
  clean: true,
});
