/** RFC 3339 in UTC. */
export const instant = (milliseconds: number): string => new Date(milliseconds).toISOString();

export const instantOrNull = (milliseconds: number | null): string | null =>
  milliseconds === null ? null : instant(milliseconds);
