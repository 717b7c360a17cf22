import { InvalidToken } from '../../credentials/credential.errors.js';
import { type PageAnswer, show } from '../page/page-answer.js';

/** The page of a mailed link that has no effect any more. */
export function linkOver(): PageAnswer {
  const load = async () => (await import('./link.view.js')).linkOverView;
  return show(load, {}, new InvalidToken());
}
