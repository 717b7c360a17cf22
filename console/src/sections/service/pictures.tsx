import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import { dataOf, type Schema } from '../../../../client/user-api.js';
import { api } from '../../access/api.js';
import { Loading } from '../../components/loading.js';
import { ProblemNote } from '../../components/problem-note.js';
import { type Picture, StackedBars } from './stacked-bars.js';

type Day = Schema<'DayStatistics'>;

const periods = [7, 30, 90, 365];

/** What is shown, and how a day becomes numbers by series. */
const pictures: readonly Picture<Day>[] = [
  { title: 'Sign-ups by source', valuesOf: (day) => day.sign_ups },
  { title: 'Sign-ins by method', valuesOf: (day) => day.sign_ins },
  { title: 'Mails by result', valuesOf: (day) => day.mails },
  { title: 'Requests', valuesOf: (day) => ({ answered: day.requests }) },
  { title: 'Errors', valuesOf: (day) => ({ errors: day.errors }) },
  {
    title: 'Latency, p95 in ms',
    valuesOf: (day): Record<string, number> =>
      day.latency_ms === null ? {} : { p95: day.latency_ms.p95 },
  },
];

/** The last days in pictures. */
export function Pictures() {
  const [days, setDays] = useState(30);
  const { data, error } = useQuery({
    queryKey: ['statistics', days],
    queryFn: ({ signal }) =>
      dataOf(api.GET('/admin/statistics', { params: { query: { days } }, signal })),
  });
  return (
    <section aria-labelledby="pictures">
      <div className="heading">
        <h2 id="pictures">By day</h2>
        <label className="filter">
          <span>Days</span>
          <select value={days} onChange={({ target }) => setDays(Number(target.value))}>
            {periods.map((period) => (
              <option key={period}>{period}</option>
            ))}
          </select>
        </label>
      </div>
      <ProblemNote error={error} />
      {data === undefined ? (
        <Loading />
      ) : (
        <div className="pictures">
          {pictures.map((picture) => (
            <StackedBars key={picture.title} picture={picture} days={data.days} />
          ))}
        </div>
      )}
    </section>
  );
}
