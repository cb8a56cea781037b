/** Whether a text is the name of a time zone that this machine knows. An offset such as `+02:00` is no name. */
export const isTimeZone = (text: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: text });
    return /^[a-z]/i.test(text);
  } catch {
    return false;
  }
};
