export type EngineName = 'chromium' | 'firefox' | 'webkit';
export const engineNames: EngineName[];
/** The programs that an engine needs, by what they are to it; none where one is missing. */
export const findEngine: (name: EngineName) => Record<string, string> | undefined;
export const findChromium: () => string | undefined;
/** Answers with the engines that are missing still. */
export const installEngines: () => EngineName[];
export const chromiumArguments: string[];
