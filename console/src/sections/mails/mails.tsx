import { useQuery } from '@tanstack/react-query';

import { dataOf, type Schema } from '../../../../client/user-api.js';
import { api } from '../../access/api.js';
import { useFilters } from '../../components/filters.js';
import { Loading } from '../../components/loading.js';
import { ProblemNote } from '../../components/problem-note.js';
import { useTitle } from '../../components/use-title.js';
import { MailPicture } from './mail-picture.js';

/** Mails as their recipients see them, with sample values. */
export default function Mails() {
  useTitle('Mails');
  const { data, error } = useQuery({
    queryKey: ['mail-templates'],
    queryFn: ({ signal }) => dataOf(api.GET('/admin/mails/templates', { signal })),
  });
  return (
    <>
      <div className="heading">
        <h1>Mails</h1>
      </div>
      <ProblemNote error={error} />
      {data === undefined ? !error && <Loading /> : <Previews {...data} />}
    </>
  );
}

function Previews({ templates, languages }: Schema<'MailTemplates'>) {
  const { valueOf, set } = useFilters();
  const template = valueOf('template') || (templates[0] ?? '');
  const locale = valueOf('locale') || (languages[0] ?? '');
  return (
    <>
      <div className="filters">
        {(
          [
            ['Template', 'template', templates, template],
            ['Language', 'locale', languages, locale],
          ] as const
        ).map(([label, name, words, value]) => (
          <label key={name} className="filter">
            <span>{label}</span>
            <select value={value} onChange={({ target }) => set(name, target.value)}>
              {words.map((word) => (
                <option key={word}>{word}</option>
              ))}
            </select>
          </label>
        ))}
      </div>
      <Preview template={template} locale={locale} />
    </>
  );
}

function Preview({ template, locale }: { template: string; locale: string }) {
  const { data, error } = useQuery({
    queryKey: ['mail-preview', template, locale],
    queryFn: ({ signal }) => {
      const query = { template: template as 'welcome', locale };
      return dataOf(api.GET('/admin/mails/preview', { params: { query }, signal }));
    },
  });
  if (error) return <ProblemNote error={error} />;
  if (data === undefined) return <Loading />;
  return (
    <>
      <section className="card" aria-labelledby="subject">
        <h2 id="subject">{data.subject}</h2>
        <MailPicture html={data.html} />
      </section>
      <section className="card" aria-labelledby="text">
        <h2 id="text">As text</h2>
        <pre lang={locale}>{data.text}</pre>
      </section>
    </>
  );
}
