import { useTitle } from '../../components/use-title.js';
import { Overview } from './overview.js';
import { Pictures } from './pictures.js';

/** The state of the service now, and what happened lately. */
export default function Service() {
  useTitle('Service');
  return (
    <>
      <div className="heading">
        <h1>Service</h1>
      </div>
      <Overview />
      <Pictures />
    </>
  );
}
