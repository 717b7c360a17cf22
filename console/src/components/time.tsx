const date = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });
const time = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });

/** An instant in the reader's time zone; a dash for none. Neither the day nor the time of day is broken into lines. */
export function Time({ at }: { at: string | null | undefined }) {
  if (at === null || at === undefined) return <>–</>;
  const instant = new Date(at);
  return (
    <time dateTime={at} title={at}>
      <span>{date.format(instant)}</span> <span>{time.format(instant)}</span>
    </time>
  );
}
