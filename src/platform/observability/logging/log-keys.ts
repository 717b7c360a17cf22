/**
 * Every key a log line may have beyond pino's own, with its meaning. Fields outside this list are
 * dropped: what was not thought about does not reach the log, secrets least of all.
 */
export const logKeys = {
  logger: 'Name of the part that speaks',
  exception: 'Error with stack and causes; database messages are reduced to their codes',
  method: 'HTTP method',
  endpoint: 'Route template, `unknown` where none matched',
  status_code: 'HTTP status of the answer',
  duration_ms: 'Milliseconds from the first byte of the request to the end of the answer',
  user_id: 'User the request or event is about',
  error_code: 'Problem code of a refused request',
  host: 'Listen address',
  port: 'Listen port',
  url: 'Address of this service for people',
  docs_url: 'Address of the API page',
  data: 'Where the data is',
  job_id: 'Job',
  queue: 'Queue of the job',
  attempt: 'Attempt number of the job, from 1',
  template: 'Mail template',
  charge_id: 'Charge: its `Idempotency-Key` at the payment service',
  dependency: '`database`, `redis`, `email`, `payment` or `otlp`',
  state: 'State something has moved to',
  count: 'How many; of an outage, the uses that failed so far',
  signal: 'Signal that ended the process',
  work: 'Requests by route and jobs by queue that were in hand, with how many of each',
  migrations: 'Names of migrations',
  signup_source: 'Where a new user came from, reduced to the known sources',
  delay_ms: 'Milliseconds until the next attempt',
  reason: 'Why, one of a fixed set of words',
  task: 'CPU task',
  holder:
    'Session that has the migration lock: process id at the server, application, address, since when',
} as const;
