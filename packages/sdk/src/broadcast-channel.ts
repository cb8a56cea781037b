/** Opens a channel to the other clients of one API, in this tab and in others; `undefined` where there is none. */
export const openChannel = <T>(
  baseUrl: string,
  suffix: string,
  onMessage: (message: T) => void,
): BroadcastChannel | undefined => {
  try {
    // A relative base URL stands for different servers on different pages.
    const channel = new BroadcastChannel(`ai-cockpit ${new Request(baseUrl).url.replace(/\/+$/, '')}${suffix}`);
    channel.onmessage = ({ data }: MessageEvent<T>) => onMessage(data);
    // Only Node has `unref`: without that call, an open channel keeps the process alive.
    (channel as { unref?: () => void }).unref?.();
    return channel;
  } catch {
    // The platform has no channels, or refuses them to a frame that may store nothing.
    return undefined;
  }
};
