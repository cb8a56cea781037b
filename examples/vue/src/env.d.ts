// For tools that know TypeScript, but not Vue; `vue-tsc` reads the components themselves.
declare module '*.vue' {
  import type { DefineComponent } from 'vue';
  const component: DefineComponent;
  export default component;
}
