export const findNginx: () => string | undefined;
export const installNginx: () => string | undefined;
