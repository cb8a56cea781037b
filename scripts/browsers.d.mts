export const findChromium: () => string | undefined;
export const installChromium: () => void;
export const chromiumArguments: string[];
