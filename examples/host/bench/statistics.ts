export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

export const ratio = (value: number, baseline: number): number => Number((value / baseline).toFixed(2));
