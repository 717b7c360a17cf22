import { useId } from 'react';

/** What a picture shows of a day. */
export interface Picture<Day> {
  readonly title: string;
  /** By series; a series is a colour. */
  readonly valuesOf: (day: Day) => Readonly<Record<string, number>>;
}

const WIDTH = 600;
const HEIGHT = 140;
const number = new Intl.NumberFormat();
const shortDay = new Intl.DateTimeFormat(undefined, {
  month: 'short',
  day: 'numeric',
  timeZone: 'UTC',
});

const total = (values: Readonly<Record<string, number>>) =>
  Object.values(values).reduce((sum, value) => sum + value, 0);

/** A bar a day, of parts by series; the same numbers are a table for whoever cannot see it. */
export function StackedBars<Day extends { readonly day: string }>({
  picture: { title, valuesOf },
  days,
}: {
  picture: Picture<Day>;
  days: readonly Day[];
}) {
  const heading = useId();
  const series = [...new Set(days.flatMap((day) => Object.keys(valuesOf(day))))].toSorted();
  const highest = Math.max(0, ...days.map((day) => total(valuesOf(day))));
  const last = days.at(-1);
  return (
    <figure className="card" aria-labelledby={heading}>
      <figcaption>
        <h3 id={heading}>{title}</h3>
        <span className="soft">
          today {number.format(last === undefined ? 0 : total(valuesOf(last)))}
        </span>
      </figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
        {days.map((day, index) => (
          <Bar
            key={day.day}
            x={(index * WIDTH) / days.length}
            width={WIDTH / days.length}
            parts={series.map((name) => ((valuesOf(day)[name] ?? 0) * HEIGHT) / (highest || 1))}
          />
        ))}
      </svg>
      <div className="axis soft" aria-hidden="true">
        <span>{days[0] && shortDay.format(new Date(days[0].day))}</span>
        <span>highest {number.format(highest)}</span>
        <span>{last && shortDay.format(new Date(last.day))}</span>
      </div>
      {series.length > 1 && (
        <ul className="legend">
          {series.map((name, index) => (
            <li key={name}>
              <span className={`swatch series-${index % 8}`} />
              {name}
            </li>
          ))}
        </ul>
      )}
      <details>
        <summary>Numbers</summary>
        <Numbers title={title} series={series} days={days} valuesOf={valuesOf} />
      </details>
    </figure>
  );
}

function Bar({ x, width, parts }: { x: number; width: number; parts: readonly number[] }) {
  const gap = Math.min(3, width / 4);
  return parts.map((height, index) => {
    const below = parts.slice(0, index).reduce((sum, part) => sum + part, 0);
    return (
      <rect
        // oxlint-disable-next-line react/no-array-index-key -- a part has no other name
        key={index}
        className={`series-${index % 8}`}
        x={x + gap / 2}
        y={HEIGHT - below - height}
        width={width - gap}
        height={height}
      />
    );
  });
}

interface NumbersProps<Day> {
  title: string;
  series: readonly string[];
  days: readonly Day[];
  valuesOf: Picture<Day>['valuesOf'];
}

function Numbers<Day extends { readonly day: string }>({
  title,
  series,
  days,
  valuesOf,
}: NumbersProps<Day>) {
  const shown = days.filter((day) => total(valuesOf(day)) > 0).toReversed();
  return (
    <table>
      <caption>{title}</caption>
      <thead>
        <tr>
          <th scope="col">Day</th>
          {series.map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {shown.map((day) => (
          <tr key={day.day}>
            <th scope="row">{day.day}</th>
            {series.map((name) => (
              <td key={name}>{number.format(valuesOf(day)[name] ?? 0)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
